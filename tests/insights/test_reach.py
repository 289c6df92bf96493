"""How often listings are seen, without knowing by whom."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.accounts.models import Role
from careercenter.insights.models import REACH_KEPT, Act, PostingReach, Reach, Source
from careercenter.insights.reach_log import EVERY, ReachLog
from careercenter.insights.reach_queries import numbers_of, reach_of
from careercenter.insights.sources import is_robot, source_of
from careercenter.insights.usecases import add_reach, forget_old_reach
from careercenter.listings.wording import listing_url
from tests.factories import make_application, make_candidate, make_posting, make_user

ZONE = ZoneInfo("America/New_York")
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.fixture
def log(session) -> ReachLog:
    return ReachLog(
        lambda: Session(session.connection(), join_transaction_mode="create_savepoint"), ZONE
    )


@pytest.fixture
def counted(app, log, monkeypatch, now, session):
    """What a request adds: (posting id, act, source) → times."""
    monkeypatch.setitem(app.extensions, "reach", log)

    def counted():
        log.write(now)
        session.expire_all()
        rows = session.scalars(select(PostingReach))
        return {(row.posting_id, row.act, row.source): row.times for row in rows}

    return counted


@pytest.fixture
def browse(client):
    def browse(path, **headers):
        return client.get(path, headers={"User-Agent": CHROME, **headers})

    return browse


@pytest.mark.parametrize(
    ("referrer", "source"),
    [
        ("", Source.DIRECT),
        ("https://[", Source.DIRECT),
        ("http://board.example/jobs?q=cpc", Source.SEARCH),
        ("http://board.example/jobs/for/cpc", Source.TOPIC),
        ("http://board.example/jobs/7-coder", Source.LISTING),
        ("http://board.example/employers/acme", Source.EMPLOYER),
        ("http://board.example/", Source.HOME),
        ("https://www.google.com/", Source.ENGINE),
        ("https://duckduckgo.com/?q=x", Source.ENGINE),
        ("https://notgoogle.example/", Source.ELSEWHERE),
    ],
)
def test_the_referrer_tells_where_somebody_came_from(referrer, source):
    assert source_of(referrer, "board.example") is source


@pytest.mark.parametrize(
    ("agent", "robot"),
    [("", True), ("Googlebot/2.1", True), ("curl/8.0", True), (CHROME, False)],
)
def test_programs_that_say_so_are_known(agent, robot):
    assert is_robot(agent) is robot


def test_counts_are_added_up_by_the_boards_day(log, session, now):
    posting = make_posting(session)
    for _ in range(2):
        log.count(Act.VIEW, [posting.id], Source.SEARCH, now)
        log.write(now)
    row = session.scalars(select(PostingReach)).one()
    assert (row.times, row.day) == (2, now.astimezone(ZONE).date())


def test_it_is_due_after_a_minute(log, now):
    assert not log.due(now + EVERY)
    log.count(Act.VIEW, [1], Source.SEARCH, now)
    assert not log.due(now + EVERY)
    assert log.due(now + EVERY + EVERY)


def test_pages_count_what_stands_on_them(browse, counted, session):
    posting = make_posting(session)
    path = listing_url(posting.id, posting.slug)
    browse(path, Referer="http://localhost/jobs?q=x")
    browse(path)
    assert counted() == {
        (posting.id, "view", "search"): 1,
        (posting.id, "view", "direct"): 1,
    }


def test_opening_the_page_to_apply_counts(client, browse, counted, session):
    posting, candidate = make_posting(session), make_candidate(session)
    client.sign_in(candidate.user)
    browse(f"{listing_url(posting.id, posting.slug)}/apply")
    assert counted() == {(posting.id, "apply-start", "listing"): 1}


def test_robots_prefetches_and_the_boards_own_people_do_not_count(client, browse, counted, session):
    posting = make_posting(session)
    path = listing_url(posting.id, posting.slug)
    client.get(path, headers={"User-Agent": "Googlebot"})
    browse(path, **{"Sec-Purpose": "prefetch;prerender"})
    client.sign_in(make_user(session, Role.EMPLOYER))
    browse(path)
    assert counted() == {}


def test_a_postings_numbers_are_added_up_by_day_and_source(session, now):
    posting, today = make_posting(session), now.astimezone(ZONE).date()
    counts = {
        (posting.id, today, Source.SEARCH, Act.IMPRESSION): 9,
        (posting.id, today, Source.SEARCH, Act.VIEW): 3,
        (posting.id, today - timedelta(days=1), Source.DIRECT, Act.VIEW): 4,
        (posting.id, today - timedelta(days=40), Source.DIRECT, Act.VIEW): 100,
    }
    add_reach(session, counts)
    make_application(session, posting=posting)
    numbers = numbers_of(session, posting, ZONE, now)
    assert numbers.total == Reach(9, 7, 0, 1)
    assert len(numbers.days) == 30
    assert numbers.days[-1] == (today, Reach(9, 3, 0, 1))
    assert [reach.views for _, reach in numbers.sources] == [4, 3]
    assert reach_of(session, [posting.id], today)[posting.id] == Reach(9, 3, 0, 1)


def test_after_a_year_and_a_month_they_are_forgotten(session, now):
    posting = make_posting(session)
    old = (now - REACH_KEPT).date() - timedelta(days=1)
    days: list[date] = [old, now.date()]
    add_reach(session, {(posting.id, day, Source.SEARCH, Act.VIEW): 1 for day in days})
    forget_old_reach(session, "", now)
    assert session.scalars(select(PostingReach.day)).all() == [now.date()]
