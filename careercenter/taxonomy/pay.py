"""What a posting pays, as written and as an hourly range that can be compared.

Money is whole cents. A unit paid by the piece counts only together with the stated pace. Project
fees and shares of collections have no hourly meaning and are refused.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from careercenter.errors import Invalid
from careercenter.taxonomy.vocabularies import PAY_UNITS

HOURS_A_YEAR = 2080  # 52 weeks of 40 hours, as the Bureau of Labor Statistics counts
MOST_PIECES = 1000  # an hour

# From the federal minimum wage (29 U.S.C. 206) to far above any coder's pay.
HOURLY_BOUNDS = (725, 30_000)
BOUNDS = {"hour": HOURLY_BOUNDS, "year": (1_500_000, 62_400_000)}
PIECE_BOUNDS = (1, 200_000)

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Pay:
    """As the employer wrote it: cents a ``unit`` of ``PAY_UNITS``, both ends included."""

    unit: str
    low_cents: int
    high_cents: int
    pace: Decimal | None = None  # pieces an hour
    floor_cents: int | None = None  # an hour, guaranteed to those paid by the piece


@dataclass(frozen=True, slots=True)
class HourlyRange:
    """Cents an hour. ``assumptions`` say what the figures rest on; none where pay is hourly."""

    low_cents: int
    high_cents: int
    assumptions: tuple[str, ...] = ()
    derived: bool = False


def check(pay: Pay) -> None:
    """Raises Invalid where the pay can't be right; ``field`` names the attribute of ``Pay``."""
    for field, cents in (("low_cents", pay.low_cents), ("high_cents", pay.high_cents)):
        if cents <= 0:
            raise Invalid("Pay must be more than zero.", field)
    if pay.low_cents > pay.high_cents:
        raise Invalid("The lower end of the pay is above the upper end.", "high_cents")
    _check_pace(pay)
    _check_bounds(pay)


def hourly_range(pay: Pay) -> HourlyRange:
    """The range by the hour, rounded half up to cents. Raises Invalid where there is none."""
    factor = _hourly_factor(pay)
    low, high = _cents(pay.low_cents * factor), _cents(pay.high_cents * factor)
    if pay.unit == "hour":
        return HourlyRange(low, high)
    if pay.unit == "year":
        return HourlyRange(low, high, (f"{HOURS_A_YEAR:,}{NBSP}hours a year",), derived=True)
    floor = pay.floor_cents or 0
    assumptions = [f"{_number(factor)}{NBSP}{PAY_UNITS[pay.unit].piece}s an hour, as stated"]
    if floor:
        assumptions.append(f"at least {_money(floor)}{NBSP}an{NBSP}hour is guaranteed")
    return HourlyRange(max(low, floor), max(high, floor), tuple(assumptions), derived=True)


def describe_hourly(hourly: HourlyRange) -> str:
    """ "$24.00–$31.00 an hour" """
    return f"{_span(hourly.low_cents, hourly.high_cents)}{NBSP}an{NBSP}hour"


def describe_origin(pay: Pay) -> str:
    """ "from $0.92 a chart at 30 an hour"; empty where pay is hourly anyway."""
    if pay.unit == "hour":
        return ""
    noun = PAY_UNITS[pay.unit].piece
    article = "an" if noun[0] in "aeio" else "a"
    amount = f"from {_span(pay.low_cents, pay.high_cents, pay.unit)}{NBSP}{article}{NBSP}{noun}"
    if pay.unit == "year":
        return f"{amount} over {HOURS_A_YEAR:,}{NBSP}hours"
    return f"{amount} at {_number(_hourly_factor(pay))}{NBSP}an{NBSP}hour"


def _hourly_factor(pay: Pay) -> Decimal:
    """What cents a unit are multiplied by to become cents an hour."""
    unit = PAY_UNITS.get(pay.unit)
    if pay.unit == "hour":
        return Decimal(1)
    if pay.unit == "year":
        return 1 / Decimal(HOURS_A_YEAR)
    if unit is None or not unit.needs_pace:
        raise Invalid("Give pay by the hour, by the year or by the piece.", "unit")
    if pay.pace is None:
        raise Invalid(f"Say how many {unit.piece}s an hour are expected.", "pace")
    return pay.pace


def _check_pace(pay: Pay) -> None:
    factor = _hourly_factor(pay)
    if not factor.is_finite() or not 0 < factor <= MOST_PIECES:
        raise Invalid(f"The pace must be above 0 and at most {MOST_PIECES:,} an hour.", "pace")
    low, high = HOURLY_BOUNDS
    if pay.floor_cents is not None and not low <= pay.floor_cents <= high:
        message = f"The guaranteed floor must be {_money(low)} to {_money(high)} an hour."
        raise Invalid(message, "floor_cents")


def _check_bounds(pay: Pay) -> None:
    low, high = BOUNDS.get(pay.unit, PIECE_BOUNDS)
    name = PAY_UNITS[pay.unit].name.lower()
    for field, cents in (("low_cents", pay.low_cents), ("high_cents", pay.high_cents)):
        if not low <= cents <= high:
            ends = f"{_money(low, pay.unit)} to {_money(high, pay.unit)}"
            raise Invalid(f"Pay {name} must be {ends}.", field)
    hourly = hourly_range(pay)
    low, high = HOURLY_BOUNDS
    if pay.unit not in BOUNDS and not low <= hourly.low_cents <= hourly.high_cents <= high:
        message = f"This comes to {describe_hourly(hourly)}. Check the amount and the pace."
        raise Invalid(message, "pace")


def _cents(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _number(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def _money(cents: int, unit: str = "hour") -> str:
    """Years in whole dollars where they are whole, all else with cents."""
    dollars = Decimal(cents) / 100
    return f"${dollars:,.0f}" if unit == "year" and cents % 100 == 0 else f"${dollars:,.2f}"


def _span(low: int, high: int, unit: str = "hour") -> str:
    ends = dict.fromkeys(_money(cents, unit) for cents in (low, high))
    return "–".join(ends)
