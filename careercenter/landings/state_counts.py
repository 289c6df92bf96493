"""Listings by state: asked of the engine or, while it is down, of the database."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from careercenter.landings.country import View
from careercenter.landings.queries import Board
from careercenter.listings.documents import ANYWHERE
from careercenter.listings.index import NOT_STATED, Facet, Query, SearchDown
from careercenter.postings.models import Posting, PostingPlace, PostingTerm, TermKind

AT_PLACE = ("onsite", "hybrid")


def count_states(board: Board, view: View) -> tuple[Mapping[str, int], bool]:
    """State's code, or NOT_STATED → listings; and whether the database had to say."""
    query = Query(filters={Facet.SETTING: view.settings}, facets=(Facet.STATE,), per_page=1)
    try:
        return dict(board.search.search(query, board.now).facets[Facet.STATE]), False
    except SearchDown:
        return _by_database(board.session, view, board.now), True


def _by_database(session: Session, view: View, now: datetime) -> Mapping[str, int]:
    """By the rule of ``documents.states_open``."""
    live = (Posting.live(now), Posting.setting.in_(view.settings))
    names = exists().where(PostingTerm.posting_id == Posting.id, PostingTerm.kind == TermKind.STATE)
    at_place = Posting.setting.in_(AT_PLACE)
    lists_it = and_(~at_place, names)
    anywhere = and_(Posting.setting == "remote-us", ~names)
    listed = (
        select(PostingTerm.slug, func.count())
        .join(Posting, Posting.id == PostingTerm.posting_id)
        .where(*live, ~at_place, PostingTerm.kind == TermKind.STATE)
        .group_by(PostingTerm.slug)
    )
    own = (
        select(Posting.state, func.count())
        .where(*live, ~or_(lists_it, anywhere))
        .group_by(Posting.state)
    )
    further = (
        select(PostingPlace.state, func.count(PostingPlace.posting_id.distinct()))
        .join(Posting, Posting.id == PostingPlace.posting_id)
        .where(*live, ~or_(lists_it, anywhere), PostingPlace.state != Posting.state)
        .group_by(PostingPlace.state)
    )
    found: Counter[str] = Counter()
    for counted in (listed, own, further):
        found.update({code or NOT_STATED: n for code, n in session.execute(counted)})
    everywhere = session.scalar(select(func.count()).select_from(Posting).where(*live, anywhere))
    found.update(dict.fromkeys(ANYWHERE, everywhere or 0))
    return found
