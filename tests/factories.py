"""Rows for tests. Say what matters to the test; the rest is sensible."""

import itertools
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careercenter import clock, outbox
from careercenter.accounts.models import Role, User
from careercenter.applications.models import Application
from careercenter.candidates.models import Candidate, Resume
from careercenter.database import Base
from careercenter.employers.models import Employer, Member, MemberRole
from careercenter.plans.usecases import add_first_plans
from careercenter.postings.models import (
    Apprentice,
    Place,
    Posting,
    PostingDetails,
    PostingStatus,
)
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement

_numbers = itertools.count(1)

PASSWORD = "a long enough secret"
# argon2id of PASSWORD with the board's costs, so that making a user costs nothing.
PASSWORD_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$uFbR6xZ3PPBhKQe/5U/ANA$Gt"
    "0GTSKCmtcTVAhJgFWW9jQXgrOOtinLAp60VbUN6Ag"
)


def create_board(engine: Engine) -> None:
    """Every table, and what a new board sells."""
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        add_first_plans(session, clock.now())
        session.commit()


def make_user(session: Session, role: Role = Role.CANDIDATE, **values: Any) -> User:
    number = next(_numbers)
    now = clock.now()
    defaults = {
        "email": f"person{number}@example.com",
        "name": f"Person {number}",
        "password_hash": PASSWORD_HASH,
        "created_at": now,
        "confirmed_at": now,
    }
    user = User(role=role, **(defaults | values))
    session.add(user)
    session.flush()
    return user


def make_employer(session: Session, **values: Any) -> Employer:
    """An employer with one member, its owner: ``owner_of(session, employer)``."""
    number = next(_numbers)
    owner = values.pop("owner", None) or make_user(session, Role.EMPLOYER)
    defaults = {
        "name": f"Lakeside Clinic {number}",
        "slug": f"lakeside-clinic-{number}",
        "kind": "physician-practice",
        "created_at": clock.now(),
    }
    employer = Employer(**(defaults | values))
    session.add(employer)
    session.flush()
    session.add(Member(employer_id=employer.id, user_id=owner.id))
    session.flush()
    return employer


def make_member(
    session: Session, employer: Employer, role: MemberRole, user: User | None = None
) -> Member:
    user = user or make_user(session, Role.EMPLOYER)
    member = Member(employer_id=employer.id, user_id=user.id, role=role, joined_at=clock.now())
    session.add(member)
    session.flush()
    return member


def owner_of(session: Session, employer: Employer) -> User:
    member = session.query(Member).filter_by(employer_id=employer.id).first()
    assert member is not None
    return member.user


def make_details(**values: Any) -> PostingDetails:
    defaults: dict[str, Any] = {
        "title": "Profee coder, urology",
        "role": "coder",
        "coding_types": ("profee",),
        "specialties": ("urology",),
        "required": Requirement(((Alternative("cpc"), Alternative("ccs-p")),)),
        "preferred": ("cuc",),
        "apprentice": Apprentice.NO,
        "setting": "remote-listed-states",
        "states": ("IA", "TX"),
        "place": Place(),
        "employment": "full-time-w2",
        "pay": Pay("hour", 2400, 3100),
        "description": "Codes office and procedure work in **Epic**. " * 12,
        "closes_on": None,
    }
    return PostingDetails(**(defaults | values))


def make_posting(
    session: Session,
    status: PostingStatus = PostingStatus.PUBLISHED,
    employer: Employer | None = None,
    now: datetime | None = None,
    **details: Any,
) -> Posting:
    """A posting in any state, with the times that state implies, and the feed told."""
    now = now or clock.now()
    expires_at = details.pop("expires_at", now + timedelta(days=30))
    posting = Posting(
        employer=employer or make_employer(session), created_at=now, status=PostingStatus.DRAFT
    )
    posting.revise(make_details(**details))
    posting.status = status
    if status not in (PostingStatus.DRAFT, PostingStatus.CHECKOUT):
        posting.submitted_at = now
    if status not in (
        PostingStatus.DRAFT,
        PostingStatus.CHECKOUT,
        PostingStatus.IN_REVIEW,
        PostingStatus.REJECTED,
    ):
        begun = now - timedelta(seconds=1)  # a test may have looked at the clock before
        posting.published_at = posting.first_published_at = posting.confirmed_at = begun
        posting.expires_at = expires_at
    if status is PostingStatus.PAUSED:
        posting.paused_at = now
    session.add(posting)
    session.flush()
    outbox.index_posting(session, posting)
    session.flush()
    return posting


def make_candidate(session: Session, **values: Any) -> Candidate:
    user = values.pop("user", None) or make_user(session)
    candidate = Candidate(user_id=user.id, **values)
    session.add(candidate)
    session.flush()
    return candidate


def make_resume(session: Session, candidate: Candidate, **values: Any) -> Resume:
    defaults = {
        "public_id": secrets.token_hex(16),
        "file_name": "resume.pdf",
        "content_type": "application/pdf",
        "size": 1000,
        "sha256": "0" * 64,
        "storage_key": secrets.token_hex(16),
        "created_at": clock.now(),
    }
    resume = Resume(candidate_id=candidate.id, **(defaults | values))
    session.add(resume)
    session.flush()
    return resume


def make_application(
    session: Session,
    posting: Posting | None = None,
    candidate: Candidate | None = None,
    **values: Any,
) -> Application:
    posting = posting or make_posting(session)
    candidate = candidate or make_candidate(session)
    resume = values.pop("resume", None) or make_resume(session, candidate)
    application = Application(
        public_id=secrets.token_hex(16),
        posting_id=posting.id,
        candidate_id=candidate.id,
        resume_id=resume.id,
        submitted_at=clock.now(),
        **values,
    )
    session.add(application)
    session.flush()
    return application
