"""The weekly letter."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from careercenter.hire.weekly import promise_weekly_letters, weekly_desk
from careercenter.insights.models import Act, Source
from careercenter.insights.usecases import add_reach
from careercenter.postings.models import PostingStatus
from careercenter.tasks import Task
from tests.factories import make_application, make_employer, make_posting, owner_of

ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def employer(session):
    employer = make_employer(session)
    owner_of(session, employer)
    return employer


def promised(session):
    return session.scalars(select(Task.subject).where(Task.kind == "mail:weekly_desk")).all()


def test_one_letter_a_week_to_who_has_something_on_the_board(session, employer):
    make_posting(session, employer=employer, now=MONDAY)
    make_posting(session, PostingStatus.DRAFT, make_employer(session))
    for hour in (0, 1, 5):
        promise_weekly_letters(session, ZONE, MONDAY + timedelta(hours=hour))
    assert promised(session) == [str(employer.id)]
    promise_weekly_letters(session, ZONE, MONDAY + timedelta(days=1))
    assert len(promised(session)) == 1


def test_the_letter_tells_what_waits_and_how_far_postings_reached(session, employer):
    posting = make_posting(
        session, employer=employer, now=MONDAY, expires_at=MONDAY + timedelta(days=2)
    )
    make_posting(session, PostingStatus.DRAFT, employer, title="Half written")
    make_application(session, posting=posting)
    week_before = (8, 1), (7, 2), (1, 5), (0, 9)  # days ago, views
    for ago, views in week_before:
        day = MONDAY.date() - timedelta(days=ago)
        add_reach(session, {(posting.id, day, Source.SEARCH, Act.VIEW): views})
    letter = weekly_desk(session, str(employer.id), ZONE, MONDAY)
    (line,) = letter.context["lines"]
    assert letter.subject == "Your week: 1 to answer"
    assert (line.reach.views, line.to_answer, line.ends_soon) == (7, 1, True)
    assert [p.title for p in letter.context["unfinished"]] == ["Half written"]


def test_no_letter_without_news_and_none_to_who_ended_it(session, client, employer):
    assert weekly_desk(session, str(employer.id), ZONE, MONDAY) is None
    make_posting(session, employer=employer, now=MONDAY)
    client.sign_in(owner_of(session, employer))
    client.post("/hire/weekly-letter", data={"wanted": "no"})
    assert weekly_desk(session, str(employer.id), ZONE, MONDAY) is None
    promise_weekly_letters(session, ZONE, MONDAY)
    assert promised(session) == []
    client.post("/hire/weekly-letter", data={"wanted": "yes"})
    assert weekly_desk(session, str(employer.id), ZONE, MONDAY) is not None
