"""A board's postings, committed as views commit them."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.outbox import index_posting
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.usecases import close_posting
from tests.factories import make_employer, make_posting


def publish(database, count=1, status=PostingStatus.PUBLISHED, **details) -> list[int]:
    with Session(database) as session:
        employer = make_employer(session)
        made = [make_posting(session, status, employer=employer, **details) for _ in range(count)]
        ids = [posting.id for posting in made]
        session.commit()
    return ids


def close(database, *posting_ids) -> None:
    for posting_id in posting_ids:
        with Session(database) as session:
            close_posting(session, session.get(Posting, posting_id), clock.now())
            session.commit()


def retitle(database, posting_id, title) -> None:
    with Session(database) as session:
        posting = session.get(Posting, posting_id)
        posting.title = title
        index_posting(session, posting)
        session.commit()


def put(database, posting_id, **columns) -> None:
    """Behind the back of all rules."""
    with database.begin() as connection:
        connection.execute(update(Posting).where(Posting.id == posting_id).values(**columns))
