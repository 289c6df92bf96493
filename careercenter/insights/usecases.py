"""Counting what is searched for, and teaching the search."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import User
from careercenter.database import insert_once, upsert
from careercenter.errors import Invalid
from careercenter.insights.models import (
    KEPT,
    REACH_KEPT,
    Act,
    PostingReach,
    SearchedText,
    Source,
    Synonym,
    SynonymDetails,
)


def add_searches(session: Session, day: date, counts: Mapping[str, tuple[int, int]]) -> None:
    """``counts``: text → how often it was searched for, how often that found nothing."""
    for text, (searches, empty) in sorted(counts.items()):
        row = upsert(session, SearchedText).values(
            day=day, text=text, searches=searches, empty=empty
        )
        more = {
            "searches": SearchedText.searches + searches,
            "empty": SearchedText.empty + empty,
        }
        keys = [SearchedText.day, SearchedText.text]
        session.execute(row.on_conflict_do_update(index_elements=keys, set_=more))


def forget_old_searches(session: Session, _: str, now: datetime) -> None:
    """A daily task."""
    session.execute(delete(SearchedText).where(SearchedText.day < (now - KEPT).date()))


def add_reach(session: Session, counts: Mapping[tuple[int, date, Source, Act], int]) -> None:
    """``counts``: posting id, day, source and act → how often."""
    rows = [
        {"posting_id": posting_id, "day": day, "source": source, "act": act, "times": times}
        for (posting_id, day, source, act), times in sorted(counts.items())
    ]
    row = upsert(session, PostingReach)
    more = {"times": PostingReach.times + row.excluded.times}
    keys = [column.name for column in PostingReach.__table__.primary_key]
    session.execute(row.on_conflict_do_update(index_elements=keys, set_=more), rows)


def forget_old_reach(session: Session, _: str, now: datetime) -> None:
    """A daily task."""
    session.execute(delete(PostingReach).where(PostingReach.day < (now - REACH_KEPT).date()))


def teach_synonym(
    session: Session, details: SynonymDetails, moderator: User, now: datetime
) -> None:
    """Let some words find what others find. Raises ``Invalid`` where the term has a row already.

    The feed's clock is bumped, so that every engine reads the synonyms again.
    """
    row = {
        "term": details.term,
        "equivalents": ",".join(details.equivalents),
        "both_ways": details.both_ways,
        "moderator_id": moderator.id,
        "created_at": now,
    }
    if not insert_once(session, Synonym, row):
        raise Invalid("This word has a row already. Remove that one first.", "term")
    outbox.index_posting(session)


def forget_synonym(session: Session, synonym_id: int) -> None:
    """Take it back. Twice is harmless."""
    session.execute(delete(Synonym).where(Synonym.id == synonym_id))
    outbox.index_posting(session)
