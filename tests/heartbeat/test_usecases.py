"""Who is asked, and what follows from an answer or from none."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from careercenter.errors import Conflict
from careercenter.heartbeat.models import Answer, Heartbeat
from careercenter.heartbeat.usecases import ask, forget_unsent, lapse, take_answer
from careercenter.lifecycle.usecases import resume_posting
from careercenter.postings.models import PostingStatus
from careercenter.postings.usecases import pause_posting
from careercenter.tasks import Task
from tests.lifecycle.conftest import ZONE

S, DAY = PostingStatus, timedelta(days=1)


def letters(session) -> list[str]:
    return session.scalars(select(Task.kind).order_by(Task.id)).all()


def test_an_employer_is_asked_once_after_two_weeks(session, running, now):
    running(begun=13.9)
    due = running(begun=14.1)
    ask(session, now)
    ask(session, now + timedelta(hours=1))
    (heartbeat,) = session.scalars(select(Heartbeat))
    assert heartbeat.posting_id == due.id
    assert letters(session) == ["mail:still_hiring"]


@pytest.mark.parametrize("status", [S.PAUSED, S.FILLED, S.CLOSED])
def test_nobody_is_asked_about_what_is_not_live(session, running, now, status):
    running(20, status)
    ask(session, now)
    assert letters(session) == []


def test_an_answer_puts_the_next_question_off_by_two_weeks(session, asked, now):
    heartbeat = asked()
    take_answer(session, heartbeat.id, Answer.HIRING, ZONE, now + DAY)
    assert heartbeat.posting.reconfirmed_at == now + DAY
    ask(session, now + 14 * DAY)
    assert letters(session) == ["mail:still_hiring"]
    heartbeat.posting.expires_at += 30 * DAY
    ask(session, now + 15 * DAY)
    assert letters(session) == ["mail:still_hiring"] * 2


def test_who_does_not_answer_in_three_days_is_paused_and_loses_nothing(session, asked, now):
    heartbeat = asked()
    lapse(session, now + 3 * DAY - timedelta(seconds=1))
    assert heartbeat.posting.status is S.PUBLISHED
    lapse(session, now + 3 * DAY)
    lapse(session, now + 4 * DAY)
    assert (heartbeat.posting.status, heartbeat.paused) == (S.PAUSED, True)
    assert letters(session) == ["mail:still_hiring", "mail:paused_unanswered"]


def test_time_runs_from_when_the_letter_went_out(session, asked, now):
    heartbeat = asked()
    session.execute(update(Task).values(done_at=now + 2 * DAY))
    lapse(session, now + 4 * DAY)
    assert heartbeat.posting.status is S.PUBLISHED
    lapse(session, now + 5 * DAY)
    assert heartbeat.posting.status is S.PAUSED


def test_whom_no_letter_reached_is_asked_anew_and_not_paused(session, asked, now):
    heartbeat = asked()
    session.execute(update(Task).values(done_at=None))
    later = now + 14 * DAY
    heartbeat.posting.expires_at += 30 * DAY
    lapse(session, later)
    forget_unsent(session, later - timedelta(seconds=1))
    ask(session, later)
    assert letters(session) == ["mail:still_hiring"]
    forget_unsent(session, later)
    ask(session, later)
    assert letters(session) == ["mail:still_hiring"] * 2
    assert heartbeat.posting.status is S.PUBLISHED


def test_a_late_answer_brings_it_back_with_its_days(session, asked, now):
    heartbeat = asked()
    lapse(session, now + 3 * DAY)
    left = heartbeat.posting.expires_at - (now + 3 * DAY)
    take_answer(session, heartbeat.id, Answer.HIRING, ZONE, now + 9 * DAY)
    posting = heartbeat.posting
    assert posting.is_live(now + 9 * DAY)
    assert abs(posting.expires_at - (now + 9 * DAY) - left) < timedelta(hours=2)


def test_who_resumed_meanwhile_is_not_paused(session, asked, now):
    heartbeat = asked()
    pause_posting(session, heartbeat.posting, now + DAY)
    resume_posting(session, heartbeat.posting, ZONE, now + 2 * DAY)
    lapse(session, now + 3 * DAY)
    assert heartbeat.posting.status is S.PUBLISHED
    assert heartbeat.lapsed_at is not None


@pytest.mark.parametrize(
    ("answer", "status"), [(Answer.FILLED, S.FILLED), (Answer.PAUSED, S.PAUSED)]
)
def test_the_other_answers_do_what_they_say(session, asked, now, answer, status):
    heartbeat = asked()
    take_answer(session, heartbeat.id, answer, ZONE, now)
    take_answer(session, heartbeat.id, answer, ZONE, now + DAY)
    assert (heartbeat.posting.status, heartbeat.answered_at) == (status, now)


def test_another_answer_later_is_a_conflict(session, asked, now):
    heartbeat = asked()
    take_answer(session, heartbeat.id, Answer.PAUSED, ZONE, now)
    with pytest.raises(Conflict, match="answered already"):
        take_answer(session, heartbeat.id, Answer.FILLED, ZONE, now)


def test_what_has_left_the_board_is_not_answered_for(session, asked, now):
    heartbeat = asked()
    heartbeat.posting.close(now)
    with pytest.raises(Conflict, match="left the board"):
        take_answer(session, heartbeat.id, Answer.HIRING, ZONE, now)
