"""What moderators look at: postings, the log of decisions, and what looks odd in a text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from careercenter.database import Page, paginate
from careercenter.employers.models import Employer
from careercenter.moderation.models import Decision, Reason, Verdict
from careercenter.postings.models import Apprentice, Posting
from careercenter.taxonomy.pay import HourlyRange, describe_hourly
from careercenter.taxonomy.pay_bands import band
from careercenter.taxonomy.vocabularies import CREDENTIALS, ROLES

FAR_OFF = 1.6  # pay beyond the usual band times this is looked at
AROUND = 40  # characters shown on each side of a match
MOST_MATCHES = 5  # of one rule


def decision(session: Session, decision_id: int) -> Decision:
    return session.scalars(
        select(Decision).where(Decision.id == decision_id).options(joinedload(Decision.posting))
    ).one()


def decisions_on(session: Session, posting_id: int) -> Sequence[Decision]:
    """The newest first, with who made them."""
    return session.scalars(
        select(Decision)
        .where(Decision.posting_id == posting_id)
        .options(joinedload(Decision.moderator))
        .order_by(Decision.id.desc())
    ).all()


def postings_like(session: Session, text: str, page: int) -> Page[Posting]:
    """Those whose title or employer's name holds ``text``, the newest first."""
    found = select(Posting).join(Employer, Employer.id == Posting.employer_id)
    if text:
        holds = (c.icontains(text, autoescape=True) for c in (Posting.title, Employer.name))
        found = found.where(or_(*holds))
    return paginate(session, found.order_by(Posting.id.desc()), page)


def rejections_of(session: Session, employer_id: int) -> Sequence[Decision]:
    """What of an employer's was turned down or removed, the newest first; at most twenty."""
    against = (Verdict.REJECTED, Verdict.REMOVED)
    return session.scalars(
        select(Decision)
        .join(Decision.posting)
        .where(Posting.employer_id == employer_id, Decision.verdict.in_(against))
        .options(joinedload(Decision.posting))
        .order_by(Decision.id.desc())
        .limit(20)
    ).all()


def waited(posting: Posting, now: datetime) -> str:
    """ "12 minutes", "5 hours", "3 days": since it was submitted."""
    waiting = now - (posting.submitted_at or now)
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1))):
        count = waiting // length
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    minutes = max(1, waiting // timedelta(minutes=1))
    return f"{minutes} minute{'s' if minutes > 1 else ''}"


# What looks odd. A flag proves nothing: it says where to look.


@dataclass(frozen=True, slots=True)
class Match:
    """The words that a rule found, with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Flag:
    """``reason`` is the one that a moderator would give, should it prove true."""

    text: str
    reason: Reason
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A rule about what the title and the description say."""

    text: str
    reason: Reason
    pattern: str  # without regard to case; every repetition is bounded


FEES = "application|registration|processing|training|onboarding|enrollment|certification|starter"
MAILBOXES = "gmail|yahoo|hotmail|outlook|aol|icloud|protonmail|proton|gmx"
YEARS = r"\b(?:[2-9]|1[0-9]|two|three|four|five|six|seven|eight|ten)\+?(?: or more)? years?\b"
WORDS = (
    Words(
        "Asks for money",
        Reason.ASKS_FOR_MONEY,
        rf"\b(?:{FEES})(?: kit)? (?:fees?|costs?|deposit)\b|\bup-?front (?:fee|payment|cost)s?\b"
        r"|\brefundable\b|\b(?:send|wire|transfer) (?:us )?(?:money|funds|\$ ?[0-9]+)"
        r"|\b(?:buy|purchase) (?:your|the|own|our) (?:own )?(?:equipment|laptop|software|kit)\b",
    ),
    Words(
        "Asks for a Social Security number",
        Reason.ASKS_FOR_MONEY,
        r"\bSSN\b|\bsocial security (?:number|card|no\b)",
    ),
    Words(
        "Asks for bank details",
        Reason.ASKS_FOR_MONEY,
        r"\b(?:bank|checking) (?:account|details?|info(?:rmation)?|log-?in|statements?)\b"
        r"|\brouting numbers?\b|\bvoided che(?:ck|que)\b",
    ),
    Words(
        "Speaks of cheques, gift cards or transfers",
        Reason.ASKS_FOR_MONEY,
        r"\bcheques?\b|\bcashier'?s checks?\b|\bmobile deposit\b|\bgift ?cards?\b|\bbitcoins?\b"
        r"|\bcrypto(?:currency)?\b|\bzelle\b|\bcash ?app\b|\bvenmo\b|\bwestern union\b"
        r"|\bmoneygram\b",
    ),
    Words(
        "Leads to a chat outside the board",
        Reason.MISLEADING,
        r"\btelegram\b|\bwhats ?app\b|\bwechat\b|\bgoogle (?:hangouts?|chat)\b|\bt\.me/|\bwa\.me/"
        r"|\btext (?:us|me|our manager)\b|\bsignal app\b",
    ),
    Words(
        "Gives a private mailbox",
        Reason.EMPLOYER_UNVERIFIED,
        rf"[\w.+-]{{1,64}} ?(?:@|\(at\)) ?(?:{MAILBOXES})\.(?:com|me|net)\b",
    ),
    Words(
        "Promises too much",
        Reason.MISLEADING,
        r"\bno (?:experience|interview|credentials?) (?:is |are )?(?:needed|necessary|required)\b"
        r"|\bhired (?:instantly|on the spot|immediately)\b|\bearn (?:up to )?\$ ?[0-9,]{2,9}\b"
        r"|\bbe your own boss\b|\bunlimited (?:income|earnings?)\b",
    ),
)


def flags(posting: Posting) -> tuple[Flag, ...]:
    """What a moderator should look at twice."""
    found = [Flag(rule.text, rule.reason, _matches(rule.pattern, posting)) for rule in WORDS]
    odd = [flag for rule in RULES for flag in rule(posting)]
    return tuple([flag for flag in found if flag.matches] + odd)


def _matches(pattern: str, posting: Posting) -> tuple[Match, ...]:
    found = []
    for text in (posting.title, posting.description):
        for match in re.finditer(pattern, text, re.IGNORECASE):
            start, end = match.span()
            around = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            found.append(Match(around[0], match[0], around[1]))
    return tuple(found[:MOST_MATCHES])


def _unusual_pay(posting: Posting) -> Iterator[Flag]:
    if posting.role not in ROLES:
        return
    credential = next((a.credential for group in posting.required.groups for a in group), None)
    coding_type, specialty = (
        next(iter(posting.coding_types), None),
        next(iter(posting.specialties), None),
    )
    usual = band(posting.role, credential, coding_type, specialty, posting.state or None)
    if usual is None:
        return
    low, high = usual
    if posting.hourly_high_cents > high * FAR_OFF or posting.hourly_low_cents * FAR_OFF < low:
        paid = describe_hourly(HourlyRange(posting.hourly_low_cents, posting.hourly_high_cents))
        expected = describe_hourly(HourlyRange(low, high))
        text = f"Pays {paid}; for work like this we expect about {expected}"
        yield Flag(text, Reason.PAY_UNCLEAR)


def _asks_apprentices_for_years(posting: Posting) -> Iterator[Flag]:
    years = _matches(YEARS, posting) if posting.apprentice is Apprentice.YES else ()
    if years:
        yield Flag("Welcomes apprentices, yet speaks of years", Reason.MISLEADING, years)


def _shuts_apprentices_out(posting: Posting) -> Iterator[Flag]:
    if posting.apprentice is not Apprentice.YES:
        return
    for group in posting.required.groups:
        levels = {CREDENTIALS[a.credential].level for a in group if a.credential in CREDENTIALS}
        at_hire = all(a.within_months is None for a in group)
        if at_hire and not levels & {"apprentice", "entry"}:
            yield Flag(
                "Welcomes apprentices, yet none could meet what is required", Reason.MISLEADING
            )
            return


RULES: tuple[Callable[[Posting], Iterator[Flag]], ...] = (
    _unusual_pay,
    _asks_apprentices_for_years,
    _shuts_apprentices_out,
)
