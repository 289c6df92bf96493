"""Money that moved, and what was noticed about it."""

from tests.disputes.conftest import (  # noqa: F401
    banks,
    draft,
    employer,
    finance,
    member,
    pay,
    refunds,
    settle,
    tell,
    zone,
)
