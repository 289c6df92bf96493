import dataclasses
from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careercenter.accounts import passwords
from careercenter.accounts.models import Role, User
from careercenter.applications.models import Application, ApplicationStatus
from careercenter.billing.contradictions import contradictions
from careercenter.candidates.models import Resume
from careercenter.config import Settings, SettingsError
from careercenter.credits.models import LedgerEntry
from careercenter.demo.board import IN_REVIEW, Board
from careercenter.demo.load import load_demo
from careercenter.demo.people import CANDIDATE, EMPLOYER, FINANCE, MODERATOR, PASSWORD
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.heartbeat.models import Heartbeat
from careercenter.moderation.models import Decision, Verdict
from careercenter.outbox import SearchClock
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import Posting, PostingStatus
from careercenter.revisions.changes import topics
from careercenter.revisions.models import Revision, RevisionState
from careercenter.tasks import Task
from careercenter.verification.queries import facts_of, waiting_documents
from tests.factories import make_user
from tests.fakes import FakeStorage

LISTINGS = 120


@pytest.fixture
def storage() -> FakeStorage:
    return FakeStorage()


@pytest.fixture
def board(session: Session, storage: FakeStorage, settings: Settings, now: datetime) -> Board:
    return load_demo(session, storage, settings, LISTINGS, 1, now)


def postings_of(session: Session) -> list[Posting]:
    return list(session.scalars(select(Posting).order_by(Posting.id)))


def test_so_many_are_live_and_others_are_in_every_other_state(
    board: Board, session: Session, now: datetime
) -> None:
    postings = postings_of(session)
    assert sum(posting.is_live(now) for posting in postings) == LISTINGS
    assert {posting.status for posting in postings} == set(PostingStatus)
    assert any(posting.is_expired(now) for posting in postings)
    waiting = [p for p in postings if p.status is PostingStatus.IN_REVIEW]
    assert len(waiting) == IN_REVIEW


def test_what_is_read_back_is_what_was_written(board: Board, session: Session) -> None:
    for posting, planned in zip(postings_of(session), board.postings, strict=True):
        written = planned.opening.details
        for field in dataclasses.fields(written):
            read = getattr(posting, field.name)
            assert read == getattr(written, field.name), field.name
        assert posting.version >= 1


def test_the_money_agrees_with_itself(board: Board, session: Session) -> None:
    assert contradictions(session) == []
    demo_employer = session.scalars(select(Employer).order_by(Employer.id)).first()
    assert demo_employer is not None
    assert demo_employer.credit_balance == 3
    assert session.scalar(select(func.min(LedgerEntry.delta))) == -1


def test_what_was_sent_in_was_bought_once_and_begun_by_approval(
    board: Board, session: Session
) -> None:
    bought = Counter(session.scalars(select(ListingPeriod.posting_id)))
    starts = dict(session.execute(select(ListingPeriod.posting_id, ListingPeriod.starts_at)).all())
    for posting in postings_of(session):
        assert bought[posting.id] == (posting.submitted_at is not None)
        assert starts.get(posting.id) == posting.published_at


def test_the_times_of_a_posting_follow_each_other(
    board: Board, session: Session, now: datetime
) -> None:
    for posting in postings_of(session):
        times = (posting.created_at, posting.submitted_at, posting.published_at, posting.ended_at)
        known = [time for time in times if time is not None]
        assert known == sorted(known), posting.status
        assert known[-1] <= now


def test_the_demo_employer_has_changed_postings_and_one_change_waits(
    board: Board, session: Session
) -> None:
    made, waits = session.scalars(select(Revision).order_by(Revision.id))
    assert (made.state, waits.state) == (RevisionState.APPLIED, RevisionState.WAITING)
    for revision in (made, waits):
        assert revision.posting.employer_id == postings_of(session)[0].employer_id
        changed = topics(revision.replaced, revision.proposed, revision.replaced.description)
        assert revision.topics == sorted(changed)
    assert made.proposed == made.posting.details
    assert waits.replaced == waits.posting.details


def test_what_was_confirmed_was_asked_about(board: Board, session: Session) -> None:
    answers = session.scalars(select(Heartbeat).order_by(Heartbeat.id)).all()
    last = {one.posting_id: one.answered_at for one in answers}
    confirmed = {p.id: p.confirmed_at for p in postings_of(session) if p.reconfirmed_at}
    assert confirmed
    assert last == confirmed


def test_every_verdict_has_a_decision(board: Board, session: Session) -> None:
    decided = Counter(session.scalars(select(Decision.verdict)))
    statuses = Counter(posting.status for posting in postings_of(session))
    assert decided[Verdict.REJECTED] == statuses[PostingStatus.REJECTED]
    assert decided[Verdict.REMOVED] == statuses[PostingStatus.REMOVED]
    published = [p for p in postings_of(session) if p.published_at is not None]
    assert decided[Verdict.APPROVED] == len(published)


def test_the_demo_people_sign_in_and_nobody_else(board: Board, session: Session) -> None:
    roles = {
        EMPLOYER: Role.EMPLOYER,
        CANDIDATE: Role.CANDIDATE,
        MODERATOR: Role.MODERATOR,
        FINANCE: Role.FINANCE,
    }
    users = {user.email: user for user in session.scalars(select(User))}
    for email, role in roles.items():
        user = users.pop(email)
        assert user.confirmed
        assert user.role is role
        assert passwords.matches(user.password_hash, PASSWORD)
    assert {user.password_hash for user in users.values()} == {"!"}
    assert not passwords.matches("!", PASSWORD)


def test_the_demo_employer_has_applicants_and_the_demo_candidate_applied_to_three(
    board: Board, session: Session
) -> None:
    sent = list(session.scalars(select(Application)))
    assert {application.status for application in sent} == set(ApplicationStatus)
    to_demo = [a for a in sent if a.posting.employer.name == board.employers[0].name]
    assert len(to_demo) >= 15
    assert sum(a.candidate.user.email == CANDIDATE for a in sent) == 3


def test_nobody_applies_before_a_posting_is_seen_or_after_it_ended(
    board: Board, session: Session, now: datetime
) -> None:
    for application in session.scalars(select(Application)):
        posting = application.posting
        assert posting.published_at is not None
        end = min(filter(None, (posting.ended_at, posting.expires_at, now)))
        assert posting.published_at <= application.submitted_at <= end


def test_every_resume_is_in_the_store(board: Board, session: Session, storage: FakeStorage) -> None:
    sizes = session.execute(select(Resume.storage_key, Resume.size)).all()
    assert all(len(storage.files[key]) == size for key, size in sizes)
    assert len(sizes) == 61


def test_the_feed_is_told_once_and_one_reminder_promised(board: Board, session: Session) -> None:
    seq = session.scalar(select(SearchClock.seq))
    assert {posting.search_seq for posting in postings_of(session)} == {seq}
    assert session.scalars(select(Task.kind)).all() == ["unfinished_checkout"]


def test_a_board_that_is_in_use_is_left_alone(
    session: Session, storage: FakeStorage, settings: Settings, now: datetime
) -> None:
    make_user(session)
    with pytest.raises(Conflict, match="isn't empty"):
        load_demo(session, storage, settings, LISTINGS, 1, now)
    assert not storage.files


def test_production_is_refused(
    session: Session, storage: FakeStorage, settings: Settings, now: datetime
) -> None:
    production = dataclasses.replace(settings, env="production")
    with pytest.raises(SettingsError, match="ENV=production"):
        load_demo(session, storage, production, LISTINGS, 1, now)
    assert session.scalar(select(func.count()).select_from(User)) == 0


def test_employers_are_checked_in_every_way_and_some_have_a_logo(
    board: Board, session: Session, storage: FakeStorage
) -> None:
    employers = list(session.scalars(select(Employer).order_by(Employer.id)))
    facts = [facts_of(session, employer) for employer in employers]
    for kind in ("mail", "domain", "documents"):
        assert any(getattr(fact, kind) for fact in facts), kind
    assert any(not fact.any for fact in facts)
    assert facts[0].documents
    assert all(storage.files[e.logo_key].startswith(b"RIFF") for e in employers if e.logo_key)
    assert employers[0].logo_key
    waiting = waiting_documents(session, 1).items
    assert [storage.files[document.storage_key][:5] for document in waiting] == [b"%PDF-"]
