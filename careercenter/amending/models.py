"""The old beside the new, in the words of the listing's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from careercenter.employers.models import Employer
from careercenter.listings.wording import listing_view
from careercenter.postings.models import Posting, PostingDetails, PostingStatus

Pairs = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that differs; empty where nothing is said."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of the text. ``kind``: same, old (left out) or new."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    rows: tuple[Row, ...]
    text: tuple[Run, ...]  # empty where the text is the same


def compare(
    employer: Employer, before: PostingDetails, after: PostingDetails, now: datetime
) -> Comparison:
    old, new = (_said(imagined(employer, details, now), now) for details in (before, after))
    labels = list(dict.fromkeys([*old, *new]))
    rows = [Row(label, old.get(label, ""), new.get(label, "")) for label in labels]
    return Comparison(
        tuple(row for row in rows if row.before != row.after),
        tuple(_runs(before.description.split(" "), after.description.split(" ")))
        if before.description != after.description
        else (),
    )


def imagined(employer: Employer, details: PostingDetails, now: datetime) -> Posting:
    """A posting that says this. It is in no session, and never will be."""
    posting = Posting(employer=employer, created_at=now, status=PostingStatus.DRAFT)
    posting.revise(details)
    return posting


def _said(posting: Posting, now: datetime) -> Pairs:
    view = listing_view(posting, now)
    facts = {label: words for section in view.sections for label, words in section.facts}
    return {
        "Title": view.title,
        "Employer’s name": view.employer,
        "Pay": f"{view.pay} ({view.pay_origin})",
        "Place": view.place,
        "Asks for": "; ".join(need.text for need in view.needs),
        "Nice to have": "; ".join(view.preferred),
        "Apprentices": view.apprentice,
        "Closing date": posting.closes_on.isoformat() if posting.closes_on else "",
        "Applications go to": posting.apply_to,
        "Client": posting.client,
        **dict(view.facts),
        **facts,
    }


def _runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    runs = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", " ".join(old[a:b])))
            continue
        runs += [Run("old", " ".join(old[a:b]))] if b > a else []
        runs += [Run("new", " ".join(new[c:d]))] if d > c else []
    return runs
