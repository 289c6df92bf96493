"""Whatever happens in whatever order, the ledger is right and no cent is lost."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.billing.ledger import ledger

STEPS = (
    "bundle", "pay", "spend", "bundle", "single", "pay", "debit", "confirm", "bounce",
    "run_out", "hear_again", "gift",
    "spend", "reject", "withdraw", "wait", "expire",
    "refund", "refund_fails", "dashboard", "dispute",
)  # fmt: skip
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 7))


@hypothesis_settings(max_examples=15, deadline=None)
@given(st.lists(step, min_size=3, max_size=14))
def test_any_sequence_keeps_the_ledger_right(engine, settings, steps):
    with ledger(engine, settings) as board:
        for name, n in steps:
            board.step(name, n)


def test_the_check_would_notice_a_lost_credit(engine, settings):
    """The test above can fail."""
    with ledger(engine, settings) as board:
        board.step("gift", 1)
        board.employer.credit_balance -= 1
        with pytest.raises(AssertionError):
            board.check()
