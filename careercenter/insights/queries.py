"""What was searched for, which words stand for one another, and employers' records."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from careercenter.applications.models import Application
from careercenter.database import Page
from careercenter.insights.models import KEPT, Searched, SearchedText, Synonym
from careercenter.insights.records import YEAR, Posted, Record, Sent, record_from
from careercenter.postings.models import Posting
from careercenter.taxonomy.vocabularies import SYNONYMS


def searched_page(
    session: Session, now: datetime, number: int, *, empty: bool, size: int = 50
) -> Page[Searched]:
    """Texts of the last ninety days, the most frequent first; with ``empty`` only those that at
    times found nothing, by how often they did.
    """
    searches, nothing = func.sum(SearchedText.searches), func.sum(SearchedText.empty)
    first = (now - KEPT).date()
    found = select(SearchedText.text, searches, nothing).where(SearchedText.day >= first)
    found = found.group_by(SearchedText.text)
    if empty:
        found = found.having(nothing > 0)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    order = (nothing if empty else searches).desc()
    page = found.order_by(order, SearchedText.text).limit(size).offset((number - 1) * size)
    rows = [Searched(text, int(many), int(none)) for text, many, none in session.execute(page)]
    return Page(rows, total, number, size)


def taught(session: Session) -> Sequence[Synonym]:
    """What staff added, by term, with who did."""
    by_term = select(Synonym).order_by(Synonym.term)
    return session.scalars(by_term.options(joinedload(Synonym.moderator))).all()


def synonyms(session: Session) -> Mapping[str, tuple[str, ...]]:
    """Word or phrase → its equivalents: the taxonomy's and the staff's."""
    found: dict[str, dict[str, None]] = {t: dict.fromkeys(words) for t, words in SYNONYMS.items()}
    rows = session.execute(
        select(Synonym.term, Synonym.equivalents, Synonym.both_ways).order_by(Synonym.id)
    )
    for term, equivalents, both_ways in rows:
        group = [term, *equivalents.split(",")]
        for word in group if both_ways else group[:1]:
            others = (other for other in group if other != word)
            found.setdefault(word, {}).update(dict.fromkeys(others))
    return {term: tuple(words) for term, words in found.items()}


MOST_EVENTS = 5_000  # of each kind that a record is counted from, the newest


def record_of(session: Session, employer_id: int, now: datetime) -> Record:
    """What an employer's applications and postings of a year say about it."""
    sent = session.execute(
        select(Application.submitted_at, Application.first_answered_at, Application.status)
        .join(Application.posting)
        .where(Posting.employer_id == employer_id, Application.submitted_at >= now - YEAR)
        .order_by(Application.submitted_at.desc())
        .limit(MOST_EVENTS)
    )
    posted = session.execute(
        select(
            Posting.status,
            Posting.published_at,
            Posting.expires_at,
            Posting.ended_at,
            Posting.pay_high_cents > 0,
            Posting.reposts,
        )
        .where(Posting.employer_id == employer_id, Posting.published_at <= now)
        .order_by(Posting.published_at.desc())
        .limit(MOST_EVENTS)
    )
    events = [Posted(*row) for row in posted]  # type: ignore[arg-type]  # none without a day
    return record_from([Sent(*row) for row in sent], events, now)
