"""What a posting pays, as written and as an hourly range that can be compared.

Money is whole cents. A unit paid by the piece counts only together with the stated pace. A project
fee and a share of collections say nothing by the hour: what is guaranteed by the hour stands for
them. A share is written in hundredths of a percent, that is, in cents of 100 dollars collected.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from careercenter.errors import Invalid
from careercenter.taxonomy.vocabularies import PAY_UNITS, ROLES

HOURS_A_YEAR = 2080  # 52 weeks of 40 hours, as the Bureau of Labor Statistics counts
MOST_PIECES = 1000  # an hour

# From the federal minimum wage (29 U.S.C. 206) to far above any coder's pay.
HOURLY_BOUNDS = (725, 30_000)
BOUNDS = {
    "hour": HOURLY_BOUNDS,
    "year": (1_500_000, 62_400_000),
    "project": (10_000, 100_000_000),
    "percent-of-collections": (10, 5_000),  # hundredths of a percent
}
PIECE_BOUNDS = (1, 200_000)
SHARE = "percent-of-collections"
CONTRACTORS = frozenset({"contract-1099", "contract-c2c"})  # by the piece also without a floor

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Pay:
    """As the employer wrote it: cents a ``unit`` of ``PAY_UNITS``, both ends included; of a share
    of collections, hundredths of a percent.
    """

    unit: str
    low_cents: int
    high_cents: int
    pace: Decimal | None = None  # pieces an hour
    floor_cents: int | None = None  # an hour, guaranteed to those who are not paid by the hour


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
    _check_floor(pay)
    _check_bounds(pay)


def check_terms(pay: Pay, role: str, employment: str) -> None:
    """Raises Invalid where such pay does not go with the role or the kind of employment.

    Employees paid by the piece must be sure of an hourly wage (29 CFR 776.5); contractors may go
    without, and the page then says so. A share of collections is for those who bill.
    """
    unit = PAY_UNITS[pay.unit]
    if pay.unit == SHARE and (role not in ROLES or ROLES[role].family != "billing"):
        raise Invalid("A share of collections is for billing roles only.", "unit")
    if unit.needs_pace and pay.floor_cents is None and employment not in CONTRACTORS:
        message = f"Say what an hour is sure to pay, however many {unit.piece}s it brings."
        raise Invalid(message, "floor_cents")


def hourly_range(pay: Pay) -> HourlyRange:
    """The range by the hour, rounded half up to cents. Raises Invalid where there is none."""
    if pay.unit in PAY_UNITS and PAY_UNITS[pay.unit].only_floor:
        return _guaranteed(pay)
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


def notes(pay: Pay, employment: str) -> tuple[str, ...]:
    """What a coder should know of such pay, in sentences."""
    unit, found = PAY_UNITS.get(pay.unit), []
    if employment in CONTRACTORS:
        if unit and unit.needs_pace and pay.floor_cents is None:
            found.append("Contractor: no hourly floor is guaranteed.")
        found.append("A contractor pays both halves of the payroll tax.")
    if pay.unit == SHARE:
        found.append("Some states limit pay by a share of collections.")
    return tuple(found)


def describe_hourly(hourly: HourlyRange) -> str:
    """ "$24.00–$31.00 an hour" """
    return f"{_span(hourly.low_cents, hourly.high_cents)}{NBSP}an{NBSP}hour"


def describe_origin(pay: Pay) -> str:
    """ "from $0.92 a chart at 30 an hour"; empty where pay is hourly anyway."""
    if pay.unit == "hour":
        return ""
    if pay.unit == SHARE:
        return f"guaranteed, beside {_percent(pay)} of collections"
    noun = PAY_UNITS[pay.unit].piece
    article = "an" if noun[0] in "aeio" else "a"
    amount = f"{_span(pay.low_cents, pay.high_cents, pay.unit)}{NBSP}{article}{NBSP}{noun}"
    if PAY_UNITS[pay.unit].only_floor:
        return f"guaranteed, of {amount}"
    if pay.unit == "year":
        return f"from {amount} over {HOURS_A_YEAR:,}{NBSP}hours"
    return f"from {amount} at {_number(_hourly_factor(pay))}{NBSP}an{NBSP}hour"


def _guaranteed(pay: Pay) -> HourlyRange:
    """What is guaranteed is the range: the rest depends on what nobody knows beforehand."""
    if pay.floor_cents is None:
        raise Invalid("Say what an hour is sure to pay: coders compare by the hour.", "floor_cents")
    assumption = f"the guaranteed {_money(pay.floor_cents)}{NBSP}an{NBSP}hour alone"
    return HourlyRange(pay.floor_cents, pay.floor_cents, (assumption,), derived=True)


def _hourly_factor(pay: Pay) -> Decimal:
    """What cents a unit are multiplied by to become cents an hour."""
    unit = PAY_UNITS.get(pay.unit)
    if pay.unit == "hour":
        return Decimal(1)
    if pay.unit == "year":
        return 1 / Decimal(HOURS_A_YEAR)
    if unit is None or not unit.needs_pace:
        raise Invalid("Say what the pay is for.", "unit")
    if pay.pace is None:
        raise Invalid(f"Say how many {unit.piece}s an hour are expected.", "pace")
    return pay.pace


def _check_pace(pay: Pay) -> None:
    unit = PAY_UNITS.get(pay.unit)
    if unit is not None and unit.only_floor:
        return
    factor = _hourly_factor(pay)
    if not factor.is_finite() or not 0 < factor <= MOST_PIECES:
        raise Invalid(f"The pace must be above 0 and at most {MOST_PIECES:,} an hour.", "pace")


def _check_floor(pay: Pay) -> None:
    low, high = HOURLY_BOUNDS
    if pay.floor_cents is not None and not low <= pay.floor_cents <= high:
        message = f"The guaranteed floor must be {_money(low)} to {_money(high)} an hour."
        raise Invalid(message, "floor_cents")


def _check_bounds(pay: Pay) -> None:
    low, high = BOUNDS.get(pay.unit, PIECE_BOUNDS)
    name = PAY_UNITS[pay.unit].name.lower()
    for field, cents in (("low_cents", pay.low_cents), ("high_cents", pay.high_cents)):
        if not low <= cents <= high:
            if pay.unit == SHARE:
                raise Invalid("A share of collections must be 0.1 to 50 percent.", field)
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
    """Years and projects in whole dollars where they are whole, all else with cents."""
    dollars, large = Decimal(cents) / 100, unit in ("year", "project")
    return f"${dollars:,.0f}" if large and cents % 100 == 0 else f"${dollars:,.2f}"


def _percent(pay: Pay) -> str:
    """ "4–6.5 %" """
    ends = dict.fromkeys(_number(Decimal(part) / 100) for part in (pay.low_cents, pay.high_cents))
    return f"{'–'.join(ends)}{NBSP}%"


def _span(low: int, high: int, unit: str = "hour") -> str:
    ends = dict.fromkeys(_money(cents, unit) for cents in (low, high))
    return "–".join(ends)
