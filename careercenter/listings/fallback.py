"""Search without an engine: plain filters on the database, newest first, nothing counted."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careercenter.employers.models import Employer
from careercenter.listings.documents import ANYWHERE, AT_A_PLACE
from careercenter.listings.index import (
    NOT_STATED,
    SETTINGS,
    Facet,
    Health,
    Hit,
    Near,
    Query,
    RangeField,
    Results,
)
from careercenter.postings.models import (
    Apprentice,
    Posting,
    PostingCredential,
    PostingTerm,
    TermKind,
)

NAME = "database"
MILES_A_DEGREE = 69.0
MOST_WORDS = SETTINGS.max_words

_COLUMNS: dict[Facet, InstrumentedAttribute[str]] = {
    Facet.ROLE: Posting.role,
    Facet.SETTING: Posting.setting,
    Facet.EMPLOYMENT: Posting.employment,
    Facet.EMPLOYER: Employer.slug,
}
_TERMS = {Facet.CODING_TYPE: TermKind.CODING_TYPE, Facet.SPECIALTY: TermKind.SPECIALTY}


class DatabaseListings:
    """A ``ListingSearch`` of the plainest kind, for when there is no other.

    Every word must be part of the title, the employer's name or the description; circles are
    squares; the order is always the newest first.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, query: Query, now: datetime) -> Results:
        rules = [Posting.live(now), *_words(query.text)]
        rules += [_chosen(facet, values) for facet, values in query.filters.items() if values]
        rules += _ranges(query)
        if query.near:
            rules.append(or_(*map(_square, query.near)))
        matching = select(Posting.id, Posting.search_seq).join(Posting.employer).where(*rules)
        total = self._session.scalar(select(func.count()).select_from(matching.subquery())) or 0
        page = matching.order_by(Posting.published_at.desc(), Posting.id.desc())
        rows = self._session.execute(
            page.limit(query.per_page).offset((query.page - 1) * query.per_page)
        )
        return Results(
            hits=tuple(Hit(posting_id, version) for posting_id, version in rows),
            total=total,
            facets={},
            engine=NAME,
            seq=0,
        )

    def suggest(
        self, facet: Facet, prefix: str, query: Query, limit: int = 10
    ) -> list[tuple[str, int]]:
        return []

    def health(self) -> Health:
        return Health(ok=True, engine=NAME, documents=0, seq=0)


def _words(text: str) -> list[ColumnElement[bool]]:
    words = [w for w in text.replace('"', " ").split() if w.lower() not in SETTINGS.stop_words]
    return [
        or_(
            Posting.title.icontains(word, autoescape=True),
            Employer.name.icontains(word, autoescape=True),
            Posting.description.icontains(word, autoescape=True),
        )
        for word in words[:MOST_WORDS]
    ]


def _chosen(facet: Facet, values: frozenset[str]) -> ColumnElement[bool]:
    if facet in _COLUMNS:
        return _COLUMNS[facet].in_(values)
    if facet in _TERMS:
        return _has_term(_TERMS[facet], values)
    if facet is Facet.APPRENTICE:
        return Posting.apprentice.in_([a for a in Apprentice if a.value in values])
    if facet is Facet.CREDENTIAL:
        return exists().where(
            PostingCredential.posting_id == Posting.id,
            PostingCredential.required,
            PostingCredential.credential.in_(values),
        )
    return _open_to(values - {NOT_STATED})


def _open_to(states: frozenset[str]) -> ColumnElement[bool]:
    """``documents.states_open`` in SQL."""
    listed = exists().where(
        PostingTerm.posting_id == Posting.id, PostingTerm.kind == TermKind.STATE
    )
    at_place = Posting.setting.in_(("onsite", "hybrid"))
    unlisted_remote = and_(~at_place, Posting.setting != "offshore", ~listed)
    anywhere = and_(Posting.setting == "remote-us", ~listed)
    return or_(
        and_(or_(at_place, unlisted_remote), Posting.state.in_(states)),
        and_(~at_place, _has_term(TermKind.STATE, states)),
        anywhere if states & set(ANYWHERE) else false(),
    )


def _has_term(kind: TermKind, slugs: frozenset[str]) -> ColumnElement[bool]:
    return exists().where(
        PostingTerm.posting_id == Posting.id,
        PostingTerm.kind == kind,
        PostingTerm.slug.in_(slugs),
    )


def _ranges(query: Query) -> list[ColumnElement[bool]]:
    pay = query.ranges.get(RangeField.PAY)
    posted = query.ranges.get(RangeField.POSTED)
    rules: list[ColumnElement[bool]] = []
    if pay and pay.low is not None:
        rules.append(Posting.hourly_high_cents >= pay.low)
    if pay and pay.high is not None:
        rules.append(Posting.hourly_low_cents <= pay.high)
    if posted and posted.low is not None:
        rules.append(Posting.published_at >= datetime.fromtimestamp(posted.low, UTC))
    if posted and posted.high is not None:
        rules.append(Posting.published_at <= datetime.fromtimestamp(posted.high, UTC))
    return rules


def _square(near: Near) -> ColumnElement[bool]:
    north = near.miles / MILES_A_DEGREE
    east = north * 1.3  # degrees of longitude are shorter; 1.3 fits the middle of the country
    return and_(
        Posting.setting.in_(AT_A_PLACE),
        Posting.latitude.between(near.latitude - north, near.latitude + north),
        Posting.longitude.between(near.longitude - east, near.longitude + east),
    )
