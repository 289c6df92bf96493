"""Is it plausible? Pay against what such work commonly pays, volume against what is commonly asked.

Estimates and trade reports (``taxonomy.pay_bands``, ``productivity.tsv``): there is no national
standard, so these only ask a question.
"""

from collections.abc import Iterator
from decimal import Decimal

from careercenter.checks.models import Area, Rule, Severity, Step, Subject
from careercenter.errors import Invalid
from careercenter.postings.models import PostingDetails
from careercenter.taxonomy.pay import HourlyRange, describe_hourly, hourly_range
from careercenter.taxonomy.pay_bands import band
from careercenter.taxonomy.terms import Productivity
from careercenter.taxonomy.vocabularies import PRODUCTIVITY, ROLES

WIDE = Decimal("1.6")  # the upper end over the lower
LOW, HIGH = Decimal("0.85"), Decimal("1.6")  # of the band's ends
HOURS_A_DAY = 8
UNUSUAL_ACCURACY = (90, 99)  # percent; outside of it people ask


def hourly_of(details: PostingDetails) -> HourlyRange | None:
    try:
        return hourly_range(details.pay) if details.pay.low_cents > 0 else None
    except Invalid:
        return None


def usual_pay(details: PostingDetails) -> tuple[int, int] | None:
    """Cents an hour that such work commonly pays: the widest of what its words could mean."""
    if details.role not in ROLES:
        return None
    credentials = [a.credential for group in details.required.groups for a in group] or [""]
    found = [
        known
        for credential in credentials
        for coding_type in details.coding_types or (None,)
        for specialty in details.specialties or (None,)
        if (
            known := band(
                details.role,
                credential or None,
                coding_type,
                specialty,
                details.place.state or None,
            )
        )
    ]
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def _pay_is_low(subject: Subject) -> str:
    hourly, usual = hourly_of(subject.details), usual_pay(subject.details)
    if not hourly or not usual or hourly.high_cents >= LOW * usual[0]:
        return ""
    return f"Such work commonly pays {_words(usual)}. At {describe_hourly(hourly)} few will apply."


def _pay_is_high(subject: Subject) -> str:
    hourly, usual = hourly_of(subject.details), usual_pay(subject.details)
    if not hourly or not usual or hourly.low_cents <= HIGH * usual[1]:
        return ""
    return f"{_words(usual)} is common. Far more looks like a trick to coders: is it right?"


def _words(cents: tuple[int, int]) -> str:
    return describe_hourly(HourlyRange(*cents))


def _range_is_wide(subject: Subject) -> str:
    hourly = hourly_of(subject.details)
    if not hourly or hourly.high_cents <= WIDE * hourly.low_cents:
        return ""
    return "The range is wide. Give what you would really pay; name levels if there are several."


def _usual_paces(subject: Subject) -> Iterator[Productivity]:
    """What is asked of such work: of its specialty or role where the table tells them apart."""
    details, unit = subject.details, subject.details.production.piece
    rows = [row for row in PRODUCTIVITY if row.coding_type in details.coding_types]
    special = [
        row for row in rows if row.specialty in details.specialties or row.role == details.role
    ]
    general = [row for row in rows if not row.specialty and not row.role]
    chosen = special or general
    yield from [row for row in chosen if row.unit == unit] or chosen


def _pace(subject: Subject) -> Decimal | None:
    """Pieces an hour."""
    production = subject.details.production
    if production.units is None:
        return subject.details.pay.pace
    return production.units if production.per != "day" else production.units / HOURS_A_DAY


def _an_hour(row: Productivity, figure: Decimal) -> Decimal:
    return figure if row.per == "hour" else figure / HOURS_A_DAY


def _volume_is_high(subject: Subject) -> str:
    pace, rows = _pace(subject), list(_usual_paces(subject))
    if pace is None or not rows or pace <= max(_an_hour(r, r.high) for r in rows):
        return ""
    row = max(rows, key=lambda r: _an_hour(r, r.high))
    return f"This is more than is commonly asked ({_usual(row)}). Coders will ask how it is done."


def _volume_is_low(subject: Subject) -> str:
    pace, rows = _pace(subject), list(_usual_paces(subject))
    if pace is None or not rows or 2 * pace >= min(_an_hour(r, r.low) for r in rows):
        return ""
    row = min(rows, key=lambda r: _an_hour(r, r.low))
    return f"This is far less than is commonly asked ({_usual(row)}). Is it by the hour or the day?"


def _usual(row: Productivity) -> str:
    low, high = (f"{n.normalize():f}" for n in (row.low, row.high))
    article = "an" if row.per == "hour" else "a"
    return f"{low} to {high} {row.unit}s {article} {row.per}"


def _accuracy(subject: Subject) -> str:
    asked = subject.details.production.accuracy
    low, high = UNUSUAL_ACCURACY
    if asked is None or low <= asked <= high:
        return ""
    return f"{asked.normalize():f} percent is unusual: 95 is the common figure."


RULES = (
    Rule(Area.SENSE, Severity.MEND, Step.PAY, "pay_low", _pay_is_low),
    Rule(Area.SENSE, Severity.MEND, Step.PAY, "pay_high", _pay_is_high),
    Rule(Area.SENSE, Severity.MEND, Step.PAY, "pay_high", _range_is_wide),
    Rule(Area.SENSE, Severity.MEND, Step.PAY, "units", _volume_is_high),
    Rule(Area.SENSE, Severity.HINT, Step.PAY, "units", _volume_is_low),
    Rule(Area.SENSE, Severity.HINT, Step.PAY, "accuracy", _accuracy),
)
