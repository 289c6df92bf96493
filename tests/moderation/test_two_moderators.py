"""Two moderators decide at the same moment, on a real database that both commit to."""

import threading
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.accounts.models import Role, User
from careercenter.credits.models import LedgerEntry
from careercenter.database import Base, make_engine
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.moderation.models import Decision, Objection, Reason
from careercenter.moderation.usecases import approve_posting, reject_posting
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.queries import locked_any
from careercenter.tasks import Task
from tests.factories import make_user
from tests.moderation.conftest import make_paid

ZONE = ZoneInfo("America/New_York")


def approve(session: Session, posting: Posting, moderator: User) -> None:
    approve_posting(session, posting, moderator, ZONE, clock.now())


def reject(session: Session, posting: Posting, moderator: User) -> None:
    reject_posting(session, posting, moderator, Objection(Reason.DUPLICATE), clock.now())


@pytest.fixture
def engine(fresh_url):
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def decide_at_once(engine: Engine, verdicts) -> list[str]:
    """Each verdict in a thread of its own, by a moderator of its own; how each ended."""
    with Session(engine) as session:
        posting = make_paid(session)
        moderators = [make_user(session, Role.MODERATOR).id for _ in verdicts]
        seen = posting.id, posting.version
        session.commit()
    ended: list[str] = []
    ready = threading.Barrier(len(verdicts))

    def decide(verdict, moderator_id: int) -> None:
        with Session(engine) as session:
            ready.wait()
            try:
                posting = locked_any(session, *seen)
                verdict(session, posting, session.get_one(User, moderator_id))
                session.commit()
                ended.append("done")
            except Conflict:
                ended.append("conflict")

    threads = [
        threading.Thread(target=decide, args=pair)
        for pair in zip(verdicts, moderators, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


@pytest.mark.parametrize("pair", [(approve, approve), (approve, reject), (reject, reject)])
def test_there_is_one_verdict_one_letter_and_one_conflict(engine, pair):
    assert decide_at_once(engine, pair) == ["conflict", "done"]
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 1
        assert session.scalar(select(func.count()).select_from(Task)) == 1
        posting = session.scalars(select(Posting)).one()
        rejected = posting.status is PostingStatus.REJECTED
        assert session.scalars(select(Employer)).one().credit_balance == int(rejected)
        assert len(session.scalars(select(LedgerEntry)).all()) == int(rejected)
