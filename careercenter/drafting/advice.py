"""What stands beside the form while somebody writes: health, pool, the sentence, the card."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from careercenter.candidates.pool import Pool, Wanted, pool_for
from careercenter.checks.card import score_card
from careercenter.checks.laws import LawLine, laws_on, open_to
from careercenter.checks.models import ScoreCard, Step
from careercenter.checks.sense import hourly_of
from careercenter.checks.sentences import plain_sentence
from careercenter.drafting.usecases import imagine_posting
from careercenter.drafting.writing import Written
from careercenter.employers.models import Employer
from careercenter.insights.volumes import Volumes, describe_middle
from careercenter.listings.models import Card
from careercenter.listings.wording import card_of
from careercenter.postings.models import Apprentice, PostingDetails
from careercenter.taxonomy.pay import describe_hourly, describe_origin, notes


@dataclass(frozen=True, slots=True)
class PayWords:
    """The pay as visitors will read it, and what else it could be set against."""

    hourly: str
    origin: str
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    volume: str  # what live postings ask; "" where too few say


@dataclass(frozen=True, slots=True)
class Advice:
    """``pool`` and ``sentence`` where the requirements can be read, ``pay`` where the pay can;
    ``card`` once all is right.
    """

    health: ScoreCard
    laws: tuple[LawLine, ...]
    pool: Pool | None
    sentence: str
    pay: PayWords | None
    card: Card | None


def advice_on(
    session: Session,
    written: Written,
    employer: Employer,
    volumes: Volumes,
    today: date,
    now: datetime,
) -> Advice:
    subject = written.subject(employer, today)
    details = written.details
    readable = bool(details.required.groups) or Step.REQUIREMENTS in written.answered
    complete = written.complete
    return Advice(
        health=score_card(subject),
        laws=laws_on(subject),
        pool=pool_for(session, wanted(details), today) if readable else None,
        sentence=plain_sentence(details) if readable else "",
        pay=_pay(session, details, volumes, now),
        card=card_of(imagine_posting(employer, details, now)) if complete else None,
    )


def _pay(
    session: Session, details: PostingDetails, volumes: Volumes, now: datetime
) -> PayWords | None:
    hourly = hourly_of(details)
    if hourly is None:
        return None
    middle = (
        volumes.middle(session, details.coding_types[0], details.role, now)
        if details.coding_types
        else None
    )
    return PayWords(
        describe_hourly(hourly),
        describe_origin(details.pay),
        hourly.assumptions,
        notes(details.pay, details.employment),
        describe_middle(middle) if middle else "",
    )


def wanted(details: PostingDetails) -> Wanted:
    """What narrows the pool. Work at a place is open to who moves, so its state narrows nobody."""
    placed = details.setting in ("onsite", "hybrid", "remote-us", "")
    return Wanted(
        required=details.required,
        apprentices=details.apprentice is Apprentice.YES,
        years=details.conditions.years,
        years_in=details.years_in,
        states=() if placed else open_to(details),
    )
