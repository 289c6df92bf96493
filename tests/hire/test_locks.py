"""Two people of one employer press at the same moment: neither waits for the other for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.database import Base, make_engine
from careercenter.employers.models import Employer, EmployerDetails
from careercenter.outbox import SearchClock
from careercenter.postings import queries, usecases
from careercenter.postings.models import Posting, PostingStatus
from careercenter.profile.usecases import revise_employer
from tests.factories import make_employer, make_posting

RENAMED = EmployerDetails("Lakeside Hospital", "physician-practice")
LONG = 0.5  # seconds; enough for the other to come as far as it can


@pytest.fixture
def engine(fresh_url):
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def rename(session: Session, employer_id: int) -> None:
    version = session.get_one(Employer, employer_id).version
    revise_employer(session, employer_id, version, RENAMED, clock.now())


def act(engine: Engine, change, posting_id: int, locked: threading.Event) -> None:
    """Lock a posting, give the other time, and change it."""
    with Session(engine) as session:
        posting = queries.locked_any(session, posting_id)
        locked.set()
        threading.Event().wait(LONG)
        change(session, posting)
        session.commit()


def describe(engine: Engine, employer_id: int, locked: threading.Event) -> None:
    locked.wait(5)
    with Session(engine) as session:
        rename(session, employer_id)
        session.commit()


def pause(session: Session, posting: Posting) -> None:
    usecases.pause_posting(session, posting, clock.now())


def fill(session: Session, posting: Posting) -> None:
    usecases.fill_posting(session, posting, clock.now())


@pytest.mark.parametrize("change", [pause, fill])
def test_a_new_name_and_a_posting_that_leaves_do_not_block_each_other(engine, change):
    with Session(engine) as session:
        employer = make_employer(session)
        leaves, stays = (make_posting(session, employer=employer) for _ in range(2))
        employer_id, leaves_id, stays_id = employer.id, leaves.id, stays.id
        session.commit()
    locked = threading.Event()
    with ThreadPoolExecutor() as threads:
        both = [
            threads.submit(act, engine, change, leaves_id, locked),
            threads.submit(describe, engine, employer_id, locked),
        ]
        for one in both:
            one.result(timeout=20)
    with Session(engine) as session:
        assert session.get_one(Employer, employer_id).name == RENAMED.name
        assert not session.get_one(Posting, leaves_id).is_live(clock.now())
        newest = session.get_one(SearchClock, 1).seq
        assert session.get_one(Posting, stays_id).search_seq == newest


def test_what_may_go_live_meanwhile_is_locked_too(session):
    employer = make_employer(session)
    made = {it: make_posting(session, it, employer).id for it in PostingStatus}
    make_posting(session)  # another employer's
    current = [posting.id for posting in queries.locked_current(session, employer.id)]
    wanted = (PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED, PostingStatus.PAUSED)
    assert current == [made[status] for status in wanted]
