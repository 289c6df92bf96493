"""What a landing page is about.

A topic is a credential, a specialty, a place … under a slug of one namespace. Two topics make a
pair where the first says what the work is and the second where; their order is fixed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from slugify import slugify

from careercenter.errors import NotFound
from careercenter.listings.asking import REMOTE
from careercenter.listings.criteria import Criteria
from careercenter.listings.documents import city_slug
from careercenter.listings.index import Facet
from careercenter.taxonomy.place_names import state_codes
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.vocabularies import (
    CODING_TYPES,
    CREDENTIALS,
    ROLES,
    SPECIALTIES,
    STATES,
    WORK_SETTINGS,
)

ROOT = "/jobs/for"

# Of topics that would have the same slug or the same heading, the one whose facet comes first is.
WHAT = (Facet.APPRENTICE, Facet.CREDENTIAL, Facet.SPECIALTY, Facet.ROLE, Facet.CODING_TYPE)
WHERE = (Facet.SETTING, Facet.STATE, Facet.CITY)
ORDER = WHAT + WHERE

WITH_ARTICLE = frozenset({"DC", "VI", "MP", "FM", "MH"})
ADJECTIVES = MappingProxyType({"onsite": "On-site", "hybrid": "Hybrid"})
PLAIN = "Medical coding jobs"


@dataclass(frozen=True, slots=True)
class Topic:
    """``values`` of ``facet`` are what its listings have; the rest are parts of a heading."""

    slug: str
    facet: Facet
    values: tuple[str, ...]
    name: str  # "CPC", "Texas"
    adjective: str = ""  # "Remote"
    noun: str = PLAIN  # "Urology coding jobs"
    place: str = ""  # " in Des Moines, IA"
    clause: str = ""  # " that accept the CPC"
    live_in: str = ""  # "Texas"


def find_topics(slugs: Sequence[str], places: Places) -> tuple[Topic, ...]:
    """The topics in their order. Raises ``NotFound`` for what is none, or makes no pair."""
    topics = [_topic(slug.lower(), places) for slug in slugs]
    ordered = tuple(sorted(topics, key=lambda topic: ORDER.index(topic.facet)))
    if len(ordered) > 1 and not pairs(*ordered):
        raise NotFound("We can't find that page.")
    return ordered


def pairs(first: Topic, second: Topic) -> bool:
    """Whether there is a page for both together, in this order."""
    if first.facet in WHAT:
        return second.facet in WHERE
    return first.facet is Facet.SETTING and second.facet is Facet.STATE


def topic_of(facet: Facet, value: str, places: Places) -> Topic | None:
    """The topic whose listings have this one value; some values have none."""
    if facet is Facet.CITY:
        city = _city(value, places)
        return city if city and city.slug == value else None
    return _BY_VALUE.get((facet, value))


def landing_url(topics: Iterable[Topic]) -> str:
    return "/".join((ROOT, *(topic.slug for topic in topics)))


def criteria_of(topics: Iterable[Topic]) -> Criteria:
    """The same as a search, so that the two always find the same."""
    chosen = {topic.facet: topic.values for topic in topics if topic is not REMOTE_TOPIC}
    return Criteria(where="remote" if REMOTE_TOPIC in topics else "", chosen=chosen)


def heading(topics: Sequence[Topic]) -> str:
    """ "Remote urology coding jobs", "Medical coding jobs that accept the CPC"."""
    adjective = "".join(topic.adjective for topic in topics)
    noun = next((topic.noun for topic in topics if topic.noun != PLAIN), PLAIN)
    parts = f"{adjective} {_inside(noun)}" if adjective else noun
    parts += "".join(topic.place for topic in topics) + "".join(topic.clause for topic in topics)
    where = next((topic.live_in for topic in topics if topic.live_in), "")
    comma = "," if any(topic.clause for topic in topics) else ""
    return f"{parts}{comma} open to people in {where}" if where else parts


def _topic(slug: str, places: Places) -> Topic:
    topic = TOPICS.get(slug) or TOPICS.get(_RENAMED.get(slug, "")) or _city(slug, places)
    if topic is None:
        raise NotFound("We can't find that page.")
    return topic


@lru_cache(maxsize=4096)
def _city(slug: str, places: Places) -> Topic | None:
    """Any city of the table of places; of its spellings one is its slug: Saint Louis."""
    name, _, code = slug.rpartition("-")
    if not name or not state_codes(code):
        return None
    place = places.by_city(f"{name.replace('-', ' ')}, {code}")
    if place is None:
        return None
    (slug,) = city_slug(place.city, place.state)
    return Topic(slug, Facet.CITY, (slug,), place.label, place=f" in {place.label}")


def _inside(noun: str) -> str:
    """As it is written inside a sentence: "E/M" and "DRG" stay as they are."""
    return noun[0].lower() + noun[1:] if noun[1].islower() else noun


def _vocabulary() -> Iterable[Topic]:
    """Every topic but the cities, facet by facet in their order."""
    welcome = " that welcome apprentices"
    yield Topic("apprentice", Facet.APPRENTICE, ("yes",), "Apprentices welcome", clause=welcome)
    for slug, credential in CREDENTIALS.items():
        if not credential.alias_of:
            clause = f" that accept the {credential.abbr}"
            yield Topic(slug, Facet.CREDENTIAL, (slug,), credential.abbr, clause=clause)
    for slug, term in SPECIALTIES.items():
        yield Topic(slug, Facet.SPECIALTY, (slug,), term.name, noun=f"{term.name} coding jobs")
    for slug, role in ROLES.items():
        yield Topic(slug, Facet.ROLE, (slug,), role.name, noun=f"{role.name} jobs")
    for slug, kind in CODING_TYPES.items():
        yield Topic(slug, Facet.CODING_TYPE, (slug,), kind.name, noun=f"{kind.name} coding jobs")
    yield from _settings_and_states()


def _settings_and_states() -> Iterable[Topic]:
    yield REMOTE_TOPIC
    for slug, setting in WORK_SETTINGS.items():
        adjective = ADJECTIVES.get(slug, "")
        clause = "" if adjective else f", {_inside(setting.name)}"
        yield Topic(slug, Facet.SETTING, (slug,), setting.name, adjective, clause=clause)
    for code, state in STATES.items():
        if state.kind != "armed-forces":
            where = f"the {state.name}" if code in WITH_ARTICLE else state.name
            slug = slugify(state.name)
            yield Topic(slug, Facet.STATE, (code,), state.name, live_in=where)


def _by_slug(topics: Iterable[Topic]) -> Mapping[str, Topic]:
    found: dict[str, Topic] = {}
    headings: set[str] = set()
    for topic in topics:
        said = heading((topic,))
        if topic.slug not in found and said not in headings:
            found[topic.slug] = topic
            headings.add(said)
    return MappingProxyType(found)


REMOTE_TOPIC = Topic("remote", Facet.SETTING, tuple(sorted(REMOTE)), "Remote", "Remote")
TOPICS = _by_slug(_vocabulary())
_BY_VALUE = {(t.facet, t.values[0]): t for t in TOPICS.values() if t is not REMOTE_TOPIC}
_RENAMED = {slug: c.alias_of for slug, c in CREDENTIALS.items() if c.alias_of}
