"""Who applied to what on the demo board, and what the employers answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from careercenter.applications.models import ApplicationStatus
from careercenter.demo.board import Planned
from careercenter.demo.grammar import topics
from careercenter.demo.people import Person
from careercenter.postings.models import PostingStatus

A = ApplicationStatus
ANSWERS = (A.SUBMITTED, A.SHORTLISTED, A.DECLINED, A.WITHDRAWN)
SHARES = (50, 20, 20, 10)
MOST_FOR_DEMO, MOST_ELSEWHERE = 9, 4


@dataclass(frozen=True, slots=True)
class Sent:
    """An application; numbers are indices of the board's postings and candidates."""

    posting: int
    person: int
    status: ApplicationStatus
    note: str
    submitted_at: datetime
    answered_at: datetime | None
    withdrawn_at: datetime | None


def applications(
    seed: int, postings: Sequence[Planned], people: Sequence[Person], now: datetime
) -> list[Sent]:
    """At most one by a person to a posting."""
    rng = Random(f"applications:{seed}")  # noqa: S311 -- invented data
    pairs = dict.fromkeys(_pairs(rng, postings, people))
    hired: set[int] = set()
    found = []
    for posting, person in pairs:
        status = rng.choices(ANSWERS, SHARES)[0]
        if person == 0:
            status = (A.SHORTLISTED, A.SUBMITTED, A.DECLINED)[posting % 3]
        elif postings[posting].status is PostingStatus.FILLED and posting not in hired:
            status = A.HIRED
            hired.add(posting)
        found.append(_sent(rng, posting, person, status, postings, people, now))
    return found


def _pairs(
    rng: Random, postings: Sequence[Planned], people: Sequence[Person]
) -> Iterator[tuple[int, int]]:
    """(posting, person): many for the demo employer, three by the demo candidate."""
    shown = [n for n, planned in enumerate(postings) if planned.published_at is not None]
    theirs = [number for number in shown if postings[number].employer == 0]
    others = range(1, len(people))
    yield from ((number, 0) for number in _three(shown, theirs, postings))
    for count, number in zip(range(MOST_FOR_DEMO, 1, -1), theirs, strict=False):
        pool = postings[number].opening.pool
        fitting = [n for n in others if people[n].pool == pool]
        yield from ((number, person) for person in (fitting + rng.sample(others, count))[:count])
    for person in others:
        fitting = [n for n in shown if postings[n].opening.pool == people[person].pool]
        count = min(len(fitting), rng.randint(1, MOST_ELSEWHERE))
        yield from ((number, person) for number in rng.sample(fitting, count))


def _three(
    shown: Sequence[int], theirs: Sequence[int], postings: Sequence[Planned]
) -> Iterator[int]:
    """What the demo candidate applied to: one of the demo employer's, two others of their kind."""
    yield theirs[1]
    fitting = (n for n in shown if n not in theirs and postings[n].opening.pool == "profee")
    first = next(fitting)
    yield first
    yield next(n for n in fitting if n % 3 != first % 3)


def _sent(
    rng: Random,
    posting: int,
    person: int,
    status: ApplicationStatus,
    postings: Sequence[Planned],
    people: Sequence[Person],
    now: datetime,
) -> Sent:
    planned = postings[posting]
    start, end = planned.published_at or now, planned.last_moment(now)
    submitted_at = start + (end - start) * rng.random()
    moved_at = submitted_at + (now - submitted_at) * rng.random()
    note = rng.choice(topics("people")["note"]).render(rng, people[person].facts)
    return Sent(
        posting,
        person,
        status,
        note if rng.random() < 0.8 else "",
        submitted_at,
        moved_at if status in (A.SHORTLISTED, A.DECLINED, A.HIRED) else None,
        moved_at if status is A.WITHDRAWN else None,
    )
