"""A domain's record is looked for every week; one that is gone counts no more."""

from datetime import timedelta

import pytest

from careercenter.errors import Unavailable
from careercenter.mail import compose
from careercenter.tasks import Task
from careercenter.verification.domains import expected_texts
from careercenter.verification.handlers import domain_record_gone, handlers
from careercenter.verification.models import ASKED_AGAIN, ASKED_EVERY, DomainRecord
from careercenter.verification.queries import facts_of
from careercenter.verification.usecases import promise_lookups

NAME, DOMAIN = "_careercenter.lakeside.example", "lakeside.example"


@pytest.fixture
def resolver(app, session):
    found = app.extensions["resolver"]
    found.watch = session
    return found


@pytest.fixture
def record(session, employer, now) -> DomainRecord:
    ids = {"employer_id": employer.id, "domain": DOMAIN}
    record = DomainRecord(seen_at=now, asked_at=now, **ids)
    session.add(record)
    session.flush()
    return record


@pytest.fixture
def look(app, session, settings, resolver, record):
    """Look once, at that time."""
    task = handlers(app.extensions["storage"], resolver, settings)["look_at_domain"]

    def look(at) -> None:
        task(session, f"{record.employer_id}@{DOMAIN}", at)
        session.commit()

    return look


def promised(session) -> list[str]:
    return [task.kind for task in session.query(Task).order_by(Task.id)]


def test_a_record_is_looked_for_once_a_week(session, record, now):
    promise_lookups(session, "", now + ASKED_EVERY - timedelta(hours=1))
    assert promised(session) == []
    for hours in (0, 1):
        promise_lookups(session, "", now + ASKED_EVERY + timedelta(hours=hours / 100))
    assert promised(session) == ["look_at_domain"]


def test_one_that_is_there_gets_a_new_day(session, settings, employer, record, resolver, look, now):
    resolver.records[NAME] = [expected_texts(employer.id, DOMAIN, [settings.secret_key])[0]]
    look(now + ASKED_EVERY)
    assert facts_of(session, employer).domain.at == now + ASKED_EVERY
    assert (record.asked_at, promised(session)) == (now + ASKED_EVERY, [])


def test_one_that_was_missed_once_counts_and_is_looked_for_soon(
    session, employer, record, look, now
):
    look(now + ASKED_EVERY)
    assert facts_of(session, employer).domain.at == now
    promise_lookups(session, "", now + ASKED_EVERY + ASKED_AGAIN)
    assert promised(session) == ["look_at_domain"]


def test_one_that_was_missed_twice_counts_no_more_until_it_is_back(
    app, session, settings, employer, record, resolver, look, now
):
    for days in (7, 8):
        look(now + timedelta(days=days))
    assert facts_of(session, employer).domain is None
    assert promised(session) == ["mail:domain_record_gone"]
    letter = domain_record_gone(session, f"{employer.id}@{DOMAIN}", now)
    text = compose(app, settings, letter).get_body(("plain",)).get_content()
    assert (NAME in text, letter.subject) == (True, f"The record at {DOMAIN} is gone")
    resolver.records[NAME] = [expected_texts(employer.id, DOMAIN, [settings.secret_key])[0]]
    look(now + timedelta(days=15))
    assert facts_of(session, employer).domain.at == now + timedelta(days=15)
    assert domain_record_gone(session, f"{employer.id}@{DOMAIN}", now) is None


def test_a_name_server_that_is_away_says_nothing(session, employer, record, resolver, look, now):
    resolver.down = True
    with pytest.raises(Unavailable):
        look(now + ASKED_EVERY)
    assert record.misses == 0
