"""An employer's record: what is counted, what is left out, and from how many events on."""

from datetime import timedelta

import pytest

from careercenter.applications.models import ApplicationStatus
from careercenter.insights.queries import record_of
from careercenter.insights.records import Figure, Posted, Record, Sent, record_from
from careercenter.postings.models import PostingStatus
from tests.factories import make_application, make_employer, make_posting

A, S = ApplicationStatus, PostingStatus


@pytest.fixture
def ago(now):
    return lambda days: now - timedelta(days=days)


@pytest.fixture
def sent(ago):
    """An application that was sent and answered so many days ago."""

    def made(submitted: float, answered: float | None = None, status: A = A.SUBMITTED) -> Sent:
        return Sent(ago(submitted), None if answered is None else ago(answered), status)

    return made


@pytest.fixture
def posted(ago):
    def made(status: S = S.PUBLISHED, began: float = 20, ends: float = -10, **more) -> Posted:
        facts = {"expires_at": ago(ends), "ended_at": None, "pays": True, "reposts": 0}
        return Posted(status, ago(began), **(facts | more))

    return made


def test_below_five_events_nothing_is_shown(now, sent, posted):
    assert record_from([sent(30, 29)] * 4, [posted()] * 4, now) == Record()
    assert not record_from([], [], now).told


def test_the_share_of_answers_and_the_median_of_days(now, sent):
    answered = [sent(30, 30 - days) for days in (1, 2, 3, 10, 20)]
    record = record_from([*answered, sent(30), sent(40), sent(20)], [], now)
    assert record.answered == Figure(5 / 8, 8)
    assert (round(record.days.value, 6), record.days.n) == (3, 5)


def test_who_was_sent_lately_or_withdrew_or_is_long_past_does_not_count(now, sent):
    left_out = [sent(13), sent(400), sent(30, None, A.WITHDRAWN)]
    kept = [sent(14, 3, A.WITHDRAWN), *[sent(30, 25)] * 4]
    assert record_from([*left_out, *kept], [], now).answered == Figure(1, 5)


def test_what_is_over_was_filled_or_not(now, ago, posted):
    filled = posted(S.FILLED, ended_at=ago(3))
    over = [filled, filled, posted(S.CLOSED, ended_at=ago(3)), posted(ends=1), posted(ends=2)]
    running = [posted(), posted(S.PAUSED), posted(S.REMOVED, ended_at=ago(1))]
    long_past = posted(S.CLOSED, began=500, ended_at=ago(400))
    assert record_from([], [*over, *running, long_past], now).filled == Figure(2 / 5, 5)


def test_pay_and_reposts_are_shares_of_what_was_put_on_the_board(now, posted):
    postings = [*[posted()] * 3, posted(pays=False), posted(reposts=2), posted(began=400)]
    record = record_from([], postings, now)
    assert (record.paid, record.reposted) == (Figure(4 / 5, 5), Figure(1 / 5, 5))


def test_a_first_answer_stays_the_first(session, now):
    application = make_application(session)
    application.decline(now)
    application.shortlist(now + timedelta(days=2))
    assert (application.first_answered_at, application.answered_at - now) == (
        now, timedelta(days=2),
    )  # fmt: skip


def test_it_is_read_from_what_happened_to_this_employer_alone(session, now, ago):
    employer = make_employer(session)
    posting = make_posting(session, employer=employer)
    for _ in range(5):
        application = make_application(session, posting)
        application.submitted_at = ago(20)
        application.decline(ago(16))
    make_application(session).submitted_at = ago(20)
    session.flush()
    record = record_of(session, employer.id, now)
    assert (record.answered, record.days) == (Figure(1, 5), Figure(4, 5))
    assert (record.filled, record.paid) == (None, None)
