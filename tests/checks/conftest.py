"""A posting with nothing to mend, and a way to spoil it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from careercenter.checks.card import score_card
from careercenter.checks.models import Said, ScoreCard, Step, Subject
from careercenter.postings.details import (
    AccuracyBasis,
    CodingTest,
    Conditions,
    Equipment,
    Extras,
    Hiring,
    Mentoring,
    Monitoring,
    Per,
    PostingDetails,
    Production,
    Workplace,
)
from tests.factories import make_details

TODAY = date(2026, 11, 24)
TEXT = (
    "You code office and procedure work of nine urologists. Most of it is visits and cystoscopies, "
    "with two days of surgery a week. The queue is shared by four coders, and a lead answers "
    "questions the same day. You work denials of your own records on Fridays. Every month an "
    "auditor looks at 25 encounters and goes through them with you. New coders get six weeks of "
    "training, with one hour a day beside a colleague. After your application you hear from us "
    "within a week. Then comes one interview by video, and we decide within five days of it."
)
SAID = Said("Lakeside Clinic", "https://lakeside.example", "Nine urologists.")


@pytest.fixture
def details() -> PostingDetails:
    return make_details(
        software=("epic",),
        preferred=(),
        description=TEXT,
        closes_on=date(2026, 12, 20),
        conditions=Conditions(
            years=2, shift="days", equipment=Equipment.PROVIDED, coding_test=CodingTest.NONE
        ),
        mentoring=Mentoring(apprentice_reason="Nobody has time to train this winter."),
        production=Production(
            Decimal(17), "encounter", Per.HOUR, 6, Decimal(95), AccuracyBasis.CODE
        ),
        workplace=Workplace(monitoring=Monitoring.NONE),
        hiring=Hiring(openings=1),
        extras=Extras(("quality-bonus",), ("health",)),
    )


@pytest.fixture
def judge(details) -> Callable[..., ScoreCard]:
    """The card of the posting, changed."""

    def judge(
        answered: frozenset[Step] = frozenset(Step), employer: Said = SAID, **changes: object
    ) -> ScoreCard:
        return score_card(Subject(replace(details, **changes), employer, TODAY, answered))

    return judge
