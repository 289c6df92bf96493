"""What the states ask of a posting's pay. Summaries that others wrote: not legal advice.

The table is ``taxonomy/data/pay_transparency.tsv``, each row with its source and the day it took
effect. A range is on every posting of this board, so most rows are met by being here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from careercenter.checks.models import Area, Rule, Severity, Step, Subject
from careercenter.listings.documents import states_open
from careercenter.postings.models import PostingDetails
from careercenter.taxonomy.terms import PayLaw
from careercenter.taxonomy.vocabularies import PAY_LAWS, STATES

SOON = timedelta(days=90)  # a law that takes effect within these is named already
ASKS = {
    "yes": "wants the range in the posting",
    "on-request": "wants the range told on request",
    "after-interview": "wants the range told after an interview",
}
ALSO = {"benefits": "benefits", "other-pay": "other pay", "deadline": "the last day to apply"}
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class LawLine:
    """One state's wishes beside this posting. ``lacks``: words for what it does not say yet."""

    state: str  # its name
    asks: str
    scope: str
    since: str  # ISO date, or ""
    source: str
    confirmed: bool
    lacks: tuple[str, ...]


def laws_on(subject: Subject) -> tuple[LawLine, ...]:
    """The laws of the states where the person may live or work, in force or soon to be."""
    return tuple(_line(law, subject) for law in _laws(subject))


def open_to(details: PostingDetails) -> tuple[str, ...]:
    """The codes of the states where the person may live or work; none where nothing is said."""
    places = tuple(p.state for p in (details.place, *details.more_places) if p.state)
    return states_open(details.setting, places, details.states)


def _laws(subject: Subject) -> Iterator[PayLaw]:
    details = subject.details
    soon = (subject.today + SOON).isoformat()
    for code in open_to(details):
        law = PAY_LAWS.get(code)
        if law and law.effective_on and law.effective_on <= soon:
            yield law


def _line(law: PayLaw, subject: Subject) -> LawLine:
    return LawLine(
        state=STATES[law.state].name,
        asks=ASKS[law.requires_range],
        scope=law.scope,
        since=law.effective_on,
        source=law.source,
        confirmed=law.confirmed and (law.also_confirmed or not law.also),
        lacks=tuple(ALSO[what] for what in law.also if what not in _said(subject)),
    )


def _said(subject: Subject) -> frozenset[str]:
    details = subject.details
    told = {
        "benefits": bool(details.extras.benefits),
        "other-pay": bool(details.extras.bonuses),
        "deadline": details.closes_on is not None,
    }
    return frozenset(what for what, said in told.items() if said)


def _lacking(what: str, words: str) -> Rule:
    def finds(subject: Subject) -> str:
        names = [line.state for line in laws_on(subject) if ALSO[what] in line.lacks]
        return f"{words} {_some(names)} may ask for it." if names else ""

    severity = Severity.MEND if what == "benefits" else Severity.HINT
    step, field = {"deadline": (Step.DESCRIPTION, "closes_on")}.get(what, (Step.PAY, what))
    return Rule(Area.LAW, severity, step, FIELDS.get(field, field), finds)


def _left_out(subject: Subject) -> str:
    """ "All states but Colorado" is an old way round, and seldom one."""
    names = [
        STATES[code].name
        for code in subject.details.excluded
        if code in PAY_LAWS and PAY_LAWS[code].requires_range == "yes"
    ]
    if not names:
        return ""
    return f"Leaving out {_some(names)} need not free you from the pay law there."


def _some(names: list[str]) -> str:
    shown, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


FIELDS = {"benefits": "benefits", "other-pay": "bonuses"}
RULES = (
    _lacking("benefits", "Name the benefits."),
    _lacking("other-pay", "Name what is paid beside the wage, or say that nothing is."),
    _lacking("deadline", "Name the last day to apply."),
    Rule(Area.LAW, Severity.HINT, Step.PLACE, "states", _left_out),
)
