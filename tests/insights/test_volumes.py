from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.insights.volumes import Volumes, describe_middle, middle_of
from careercenter.postings.models import Per, PostingStatus, Production
from tests.factories import make_posting


def asks(session, units, per=Per.HOUR, piece="encounter", **details):
    return make_posting(session, production=Production(Decimal(units), piece, per), **details)


@pytest.fixture
def volumes():
    return Volumes()


def test_the_middle_half_of_live_postings_of_such_work(session, now, volumes):
    for units in (10, 12, 14, 16):
        asks(session, units)
    asks(session, 144, Per.DAY)  # 18 an hour
    asks(session, 99, coding_types=("risk-adjustment",))
    asks(session, 99, role="coding-auditor")
    asks(session, 99, piece="page")
    asks(session, 99, status=PostingStatus.CLOSED)
    middle = volumes.middle(session, "profee", "coder", now)
    assert (middle.low, middle.median, middle.high, middle.postings) == (12, 14, 16, 5)
    assert describe_middle(middle).replace("\N{NO-BREAK SPACE}", " ") == (
        "Of 5 live postings for such work the middle half asks for 12–16 records an hour."
    )


def test_of_fewer_than_five_nothing_is_said(session, now, volumes):
    for units in (10, 12, 14, 16):
        asks(session, units)
    assert volumes.middle(session, "profee", "coder", now) is None


def test_it_is_counted_anew_after_an_hour(session, now, volumes):
    assert volumes.middle(session, "profee", "coder", now) is None
    for units in range(10, 15):
        asks(session, units)
    assert volumes.middle(session, "profee", "coder", now + timedelta(minutes=59)) is None
    assert volumes.middle(session, "profee", "coder", now + timedelta(minutes=61)).postings == 5


@given(st.lists(st.decimals("0.1", "500", places=1), min_size=5, max_size=40))
def test_quartiles_lie_in_order_inside_what_is_asked(an_hour):
    middle = middle_of(an_hour)
    assert min(an_hour) <= middle.low <= middle.median <= middle.high <= max(an_hour)


def test_the_listing_shows_them_beside_its_own(client, app, session):
    app.extensions["volumes"].forget()
    posting, *_ = [asks(session, units) for units in range(14, 20)]
    page = client.get(f"/jobs/{posting.id}-{posting.slug}").text.replace("&nbsp;", " ")
    app.extensions["volumes"].forget()
    assert "Of 6 live postings for such work the middle half asks for" in page
