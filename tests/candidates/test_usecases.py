"""Keeping at most ten résumés, and no file that nobody keeps."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.candidates import queries
from careercenter.candidates.models import StoredFile
from careercenter.candidates.usecases import (
    expect_file,
    keep_resume,
    remove_resume,
    take_part,
)
from careercenter.errors import Invalid, TooMany
from careercenter.tasks import Task
from tests.factories import make_candidate, make_resume, make_user

FILE = StoredFile("k" * 48, "cv.pdf", "application/pdf", 10, "0" * 64)


def discards(session):
    return session.execute(select(Task.subject, Task.run_at).where(Task.kind == "discard_file"))


def test_a_person_becomes_a_candidate_once(session):
    user = make_user(session)
    assert take_part(session, user.id).id == take_part(session, user.id).id


def test_a_stored_file_becomes_the_newest_resume(session, now):
    candidate = make_candidate(session)
    old = make_resume(session, candidate, created_at=now - timedelta(days=1))
    new = keep_resume(session, candidate, FILE, now)
    assert list(queries.resumes_of(session, candidate.user_id)) == [new, old]
    assert (new.sha256, new.size, len(new.public_id)) == ("0" * 64, 10, 32)


def test_the_eleventh_is_refused_before_and_after_it_is_stored(session, now):
    candidate = make_candidate(session)
    for _ in range(10):
        make_resume(session, candidate)
    for attempt in (
        lambda: expect_file(session, candidate.user_id, now),
        lambda: keep_resume(session, candidate, FILE, now),
    ):
        with pytest.raises(Invalid, match=r"You can keep up to 10 resumes\. Delete one first\."):
            attempt()


def test_a_removed_one_makes_room(session, now):
    candidate = make_candidate(session)
    kept = [make_resume(session, candidate) for _ in range(10)]
    remove_resume(session, kept[0], now)
    assert keep_resume(session, candidate, FILE, now) in queries.resumes_of(
        session, candidate.user_id
    )


def test_the_twenty_first_upload_of_an_hour_waits(session, now):
    user = make_user(session)
    for _ in range(20):
        expect_file(session, user.id, now)
    with pytest.raises(TooMany):
        expect_file(session, user.id, now)


def test_a_file_is_promised_away_before_it_is_stored(session, now):
    key = expect_file(session, make_user(session).id, now)
    assert len(key) == 48
    assert list(discards(session)) == [(key, now + timedelta(hours=1))]


def test_removing_promises_that_the_bytes_go(session, now):
    resume = make_resume(session, make_candidate(session))
    remove_resume(session, resume, now)
    assert resume.removed_at == now
    assert list(discards(session)) == [(resume.storage_key, now)]
