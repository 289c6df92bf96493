"""The same purchases, seen through the pages."""

from tests.refunds.conftest import (  # noqa: F401
    draft,
    employer,
    finance,
    member,
    pay,
    refunds,
    review,
    settle,
    spend,
    zone,
)
