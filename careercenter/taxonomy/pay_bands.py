"""What is commonly paid: estimates for invented listings and for asking "is this plausible?".

None of it is a survey; it is never shown to visitors as one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from careercenter.taxonomy.loading import rows
from careercenter.taxonomy.vocabularies import ROLES


@dataclass(frozen=True, slots=True)
class Band:
    """Dollars an hour across the country; an empty word stands for any."""

    role: str
    credential: str
    coding_type: str
    specialty: str
    low: Decimal
    high: Decimal


def _bands() -> Iterator[Band]:
    for row in rows("pay_bands"):
        words = (row["role"], row["credential"], row["setting"], row["specialty"])
        yield Band(*words, Decimal(row["low_hourly"]), Decimal(row["high_hourly"]))


BANDS = tuple(_bands())
STATE_FACTORS = MappingProxyType(
    {
        r["state"]: (Decimal(r["low_factor"]), Decimal(r["high_factor"]))
        for r in rows("pay_state_factors")
    }
)


def band(
    role: str,
    credential: str | None = None,
    coding_type: str | None = None,
    specialty: str | None = None,
    state: str | None = None,
) -> tuple[int, int] | None:
    """Cents an hour of the closest band, in that state; None where nothing is known of the role.

    A role without bands is taken for its family (a lead coder for a coder).
    """

    def closeness(known: Band) -> int:
        # A specialist is paid as one whatever the core credential, hence the heavier weight.
        core = (known.credential == credential) + (known.coding_type == coding_type)
        return 2 * core + 3 * (known.specialty == specialty)

    best = max(_candidates(role), key=closeness, default=None)  # the first of equals
    if best is None:
        return None
    low_factor, high_factor = STATE_FACTORS.get(state or "", (Decimal(1), Decimal(1)))
    return _cents(best.low * low_factor), _cents(best.high * high_factor)


def _candidates(role: str) -> list[Band]:
    family = ROLES[role].family
    own = [known for known in BANDS if known.role == role]
    return own or [known for known in BANDS if ROLES[known.role].family == family]


def _cents(dollars: Decimal) -> int:
    return int((dollars * 100).quantize(Decimal(1), ROUND_HALF_UP))
