"""Search without an engine: plain filters on the database, newest first, nothing counted."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from careercenter.employers.models import Employer
from careercenter.listings.documents import ANYWHERE, AT_A_PLACE
from careercenter.listings.index import (
    NOT_STATED,
    PAY_BANDS,
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
    Posting,
    PostingCredential,
    PostingPlace,
    PostingTerm,
    TermKind,
)
from careercenter.taxonomy.vocabularies import CODING_TYPES

NAME = "database"
MILES_A_DEGREE = 69.0
MOST_CENTS = 2**31 - 1
MOST_WORDS = SETTINGS.max_words

_COLUMNS: dict[Facet, ColumnElement[str] | InstrumentedAttribute[str]] = {
    Facet.ROLE: Posting.role,
    Facet.SETTING: Posting.setting,
    Facet.EMPLOYMENT: Posting.employment,
    Facet.EXPERIENCE: Posting.experience,
    Facet.SHIFT: Posting.shift,
    Facet.EQUIPMENT: func.coalesce(cast(Posting.equipment, String), ""),
    Facet.CODING_TEST: func.coalesce(cast(Posting.coding_test, String), ""),
    Facet.APPRENTICE: cast(Posting.apprentice, String),
    Facet.EMPLOYER: case((Posting.confidential, ""), else_=Employer.slug),
    Facet.EMPLOYER_KIND: Employer.kind,
    Facet.DIRECT: case((Employer.direct, "yes"), else_="no"),
    Facet.DELIVERY: cast(func.coalesce(Posting.team_delivery, Employer.delivery), String),
}
_TERMS = {
    Facet.CODING_TYPE: TermKind.CODING_TYPE,
    Facet.SPECIALTY: TermKind.SPECIALTY,
    Facet.SOFTWARE: TermKind.SOFTWARE,
}
# What SQL has no answer to: these filters are left out, and whoever asks must say so.
UNANSWERED = frozenset({Facet.FIT, Facet.NEARLY, Facet.LANE, Facet.YEARS_IN})


class DatabaseListings:
    """A ``ListingSearch`` of the plainest kind, for when there is no other.

    Every word must be part of the title, the employer's name or the description; circles are
    squares; the order is always the newest first.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, query: Query, now: datetime) -> Results:
        rules = [Posting.live(now), *_words(query.text)]
        rules += [_chosen(facet, values) for facet, values in _answerable(query.filters)]
        rules += [not_(_chosen(facet, values)) for facet, values in _answerable(query.excluded)]
        if query.hidden:
            rules.append(Posting.id.not_in(query.hidden))
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


def _answerable(
    filters: Mapping[Facet, frozenset[str]],
) -> Iterator[tuple[Facet, frozenset[str]]]:
    return ((f, values) for f, values in filters.items() if values and f not in UNANSWERED)


def _words(text: str) -> list[ColumnElement[bool]]:
    words = [w for w in text.replace('"', " ").split() if w.lower() not in SETTINGS.stop_words]
    return [
        or_(
            Posting.title.icontains(word, autoescape=True),
            and_(~Posting.confidential, Employer.name.icontains(word, autoescape=True)),
            Posting.description.icontains(word, autoescape=True),
        )
        for word in words[:MOST_WORDS]
    ]


def _chosen(facet: Facet, values: frozenset[str]) -> ColumnElement[bool]:
    if facet in _COLUMNS:
        return _COLUMNS[facet].in_(values)
    if facet in _TERMS:
        return _has_term(_TERMS[facet], values)
    if facet is Facet.CODE_SET:
        types = {slug for slug, t in CODING_TYPES.items() if values & set(t.code_sets)}
        return or_(
            _has_term(TermKind.CODE_SET, values), _has_term(TermKind.CODING_TYPE, frozenset(types))
        )
    if facet is Facet.CREDENTIAL:
        return exists().where(
            PostingCredential.posting_id == Posting.id,
            PostingCredential.required,
            PostingCredential.credential.in_(values),
        )
    if facet is Facet.CITY:
        first = and_(Posting.city != "", _city_slug(Posting).in_(values))
        further = _has_place(_city_slug(PostingPlace).in_(values))
        return and_(Posting.setting.in_(AT_A_PLACE), or_(first, further))
    if facet is Facet.PAY_BAND:
        return or_(*(_in_band(int(value)) for value in values if value.isdecimal()))
    not_stated = _says_no_state() if NOT_STATED in values else false()
    return or_(_open_to(values - {NOT_STATED}), not_stated)


def _has_place(rule: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of the places beside the first."""
    return exists().where(PostingPlace.posting_id == Posting.id, rule)


def _city_slug(place: type[Posting | PostingPlace]) -> ColumnElement[str]:
    """``documents.city_slug`` in SQL: right for every city that the table of ZIP codes names."""
    slug = func.lower(place.city + "-" + place.state)
    for sign, instead in ((".", ""), ("'", "-"), (" ", "-")):
        slug = func.replace(slug, sign, instead)
    return slug


def _in_band(dollars: int) -> ColumnElement[bool]:
    """``documents.pay_band`` in SQL: the first and the last band have no end."""
    if dollars not in PAY_BANDS:
        return false()
    low = 0 if dollars == PAY_BANDS[0] else dollars * 100
    after = PAY_BANDS.index(dollars) + 1
    high = PAY_BANDS[after] * 100 if after < len(PAY_BANDS) else MOST_CENTS
    return and_(Posting.hourly_high_cents >= low, Posting.hourly_high_cents < high)


def _says_no_state() -> ColumnElement[bool]:
    at_place = Posting.setting.in_(("onsite", "hybrid"))
    elsewhere = or_(Posting.state == "", Posting.setting == "offshore")
    remote = and_(~at_place, Posting.setting != "remote-us", ~_states_listed(), elsewhere)
    return or_(and_(at_place, Posting.state == ""), remote)


def _states_listed() -> ColumnElement[bool]:
    return exists().where(PostingTerm.posting_id == Posting.id, PostingTerm.kind == TermKind.STATE)


def _open_to(states: frozenset[str]) -> ColumnElement[bool]:
    """``documents.states_open`` in SQL."""
    listed = _states_listed()
    at_place = Posting.setting.in_(("onsite", "hybrid"))
    unlisted_remote = and_(~at_place, Posting.setting != "offshore", ~listed)
    anywhere = and_(Posting.setting == "remote-us", ~listed)
    return or_(
        and_(
            or_(at_place, unlisted_remote),
            or_(Posting.state.in_(states), _has_place(PostingPlace.state.in_(states))),
        ),
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
    featured = query.ranges.get(RangeField.FEATURED)
    if featured and featured.low is not None:
        rules.append(Posting.featured_until >= datetime.fromtimestamp(featured.low, UTC))
    years = query.ranges.get(RangeField.YEARS)
    if years and years.low is not None:
        rules.append(Posting.years >= years.low)
    if years and years.high is not None:
        rules.append(Posting.years <= years.high)
    return rules


def _square(near: Near) -> ColumnElement[bool]:
    north = near.miles / MILES_A_DEGREE
    east = north * 1.3  # degrees of longitude are shorter; 1.3 fits the middle of the country
    first, further = (
        and_(
            place.latitude.between(near.latitude - north, near.latitude + north),
            place.longitude.between(near.longitude - east, near.longitude + east),
        )
        for place in (Posting, PostingPlace)
    )
    return and_(Posting.setting.in_(AT_A_PLACE), or_(first, _has_place(further)))
