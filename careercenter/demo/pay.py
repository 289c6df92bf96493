"""Pay that is plausible: inside the band of the role, the credential and the state."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random

from careercenter.taxonomy.pay import HOURS_A_YEAR, Pay
from careercenter.taxonomy.pay_bands import band
from careercenter.taxonomy.requirements import Requirement
from careercenter.taxonomy.vocabularies import PAY_UNITS

# Nothing is known of these roles' pay; it is taken for that of a near one.
STAND_INS = {"ai-coding-validator": "coding-auditor", "provider-educator": "coding-educator"}
STEPS = {"hour": 25, "year": 100_000}  # cents; employers write round figures


def pay_band(
    role: str, required: Requirement, coding_type: str, specialty: str | None, state: str
) -> tuple[int, int]:
    """Cents an hour. ``state`` is that of the place of work, empty for work without one."""
    credential = required.groups[0][0].credential
    found = band(STAND_INS.get(role, role), credential, coding_type, specialty, state or None)
    if found is None:
        raise LookupError(f"no pay band for {role}")
    return found


def make_pay(rng: Random, unit: str, limits: tuple[int, int], pace: Decimal, floor: bool) -> Pay:
    """A range inside ``limits`` (cents an hour). ``floor``: guarantee something by the hour."""
    low, high = limits
    width = high - low
    low, high = low + int(width * rng.uniform(0, 0.4)), high - int(width * rng.uniform(0, 0.4))
    if PAY_UNITS[unit].only_floor:
        return _guaranteed(rng, unit, low)
    if not PAY_UNITS[unit].needs_pace:
        hours, step = HOURS_A_YEAR if unit == "year" else 1, STEPS[unit]
        return Pay(unit, -(-low * hours // step) * step, high * hours // step * step)
    per_piece = (Decimal(low) / pace).quantize(Decimal(1), ROUND_CEILING)
    most = (Decimal(high) / pace).quantize(Decimal(1), ROUND_FLOOR)
    guaranteed = low * 3 // 4 // 25 * 25 if floor else None
    return Pay(unit, int(per_piece), int(most), pace, guaranteed)


def _guaranteed(rng: Random, unit: str, low: int) -> Pay:
    """With the lower end by the hour for sure: a fee for some weeks, or a share of collections."""
    if unit == "project":
        fee = low * 40 * rng.randint(2, 8) // 50_000 * 50_000 + 50_000  # weeks, in steps of $500
        return Pay(unit, fee, fee * 5 // 4, None, low)
    share = rng.choice((300, 350, 400))  # hundredths of a percent
    return Pay(unit, share, share + rng.choice((100, 150)), None, low)
