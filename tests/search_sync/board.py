"""A board's postings, committed as views commit them."""

from sqlalchemy.orm import Session

from careercenter import clock
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
