"""Is so much work an hour plausible? A warning only: there is no national standard.

The figures are those of ``data/productivity.tsv``, each with its source and whether it was
confirmed. What is asked a day is compared at eight hours a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from careercenter.taxonomy.terms import Productivity
from careercenter.taxonomy.vocabularies import CODING_TYPES, PRODUCTIVITY, ROLES

HOURS_A_DAY = 8
# What one record is called differs; pages, claims and audits are something else.
RECORDS = frozenset({"record", "chart", "encounter", "report", "case", "review", "account"})
CODERS = frozenset({"coding", "risk", "post-acute"})  # families of roles
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Usual:
    """What is commonly asked: pieces an hour, and on whose word."""

    low: Decimal
    typical: Decimal
    high: Decimal
    piece: str
    of: str  # the coding type's name
    source: str
    confirmed: bool

    def holds(self, an_hour: Decimal) -> bool:
        return self.low <= an_hour <= self.high


def hourly_units(units: Decimal, per: str) -> Decimal:
    """Pieces an hour; ``per`` is hour or day."""
    return units / HOURS_A_DAY if per == "day" else units


def usual_production(
    coding_types: Iterable[str], specialties: Iterable[str], role: str, piece: str
) -> Usual | None:
    """For the first of the coding types that something is known of; None where nothing is.

    The table is of those who code, or of a role that it names: nothing is said of other roles.
    """
    family = ROLES[role].family if role in ROLES else ""
    for coding_type in coding_types:
        rows = [row for row in PRODUCTIVITY if row.coding_type == coding_type]
        row = _closest(rows, frozenset(specialties), family)
        if row is not None and _alike(piece, row.unit):
            return _usual(row)
    return None


def describe_usual(usual: Usual) -> str:
    """ "15–25 encounters an hour for professional fee, typically 17 (a trade report of 17)" """
    span = f"{number(usual.low)}–{number(usual.high)}{NBSP}{usual.piece}s an hour"
    source = usual.source if usual.confirmed else f"{usual.source}; not confirmed"
    return f"{span}, typically {number(usual.typical)} ({source})"


def number(value: Decimal) -> str:
    """At most one digit behind the point."""
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded.normalize():,f}"


def _closest(
    rows: list[Productivity], specialties: frozenset[str], family: str
) -> Productivity | None:
    """A row of the role or of the specialty speaks for those alone, where there is another."""
    for row in rows:
        if row.role and ROLES[row.role].family == family:
            return row
    plain = [row for row in rows if not row.role and family in CODERS]
    for row in plain:
        if row.specialty in specialties:
            return row
    general = [row for row in plain if not row.specialty] or plain[:1]
    return general[0] if general else None


def _alike(piece: str, other: str) -> bool:
    return piece == other or {piece, other} <= RECORDS


def _usual(row: Productivity) -> Usual:
    low, typical, high = (hourly_units(n, row.per) for n in (row.low, row.typical, row.high))
    name = CODING_TYPES[row.coding_type].name
    return Usual(low, typical, high, row.unit, name, row.source, row.confirmed)
