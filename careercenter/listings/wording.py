"""A posting in the words of the public pages. Needs nothing but the posting."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from careercenter.employers.models import Delivery
from careercenter.listings.criteria import NAMES
from careercenter.listings.documents import ANYWHERE, states_open
from careercenter.listings.index import Facet, Standing
from careercenter.listings.models import Card, Ending, ListingView, Need, StateAnswer
from careercenter.postings.models import Apprentice, Posting, PostingStatus
from careercenter.taxonomy.pay import describe_hourly, describe_origin, hourly_range, notes
from careercenter.taxonomy.requirements import Requirement, explain, sentence
from careercenter.taxonomy.terms import Term
from careercenter.taxonomy.vocabularies import (
    CODE_SETS,
    CODING_TYPES,
    CREDENTIALS,
    EMPLOYER_KINDS,
    EMPLOYMENT_TYPES,
    EXPERIENCE_LEVELS,
    ROLES,
    SHIFTS,
    SOFTWARE,
    SPECIALTIES,
    STATES,
    WORK_SETTINGS,
)

MOST_NAMES = 6  # of states, before they are only counted
MOST_CODES = 4

PLACED = {  # the settings that a place belongs to
    "onsite": "{}",
    "hybrid": "Hybrid, {}",
    "remote-near-site": "Remote, near {}",
    "remote-after-training": "Remote after training in {}",
}
UNPLACED = {"remote-listed-states": "Remote"}  # the list stands beside it

APPRENTICE = {
    Apprentice.YES: "New coders are welcome: an apprentice may apply.",
    Apprentice.NO: "Not for apprentices: the full credential is expected.",
    Apprentice.CASE_BY_CASE: "Apprentices are looked at case by case.",
}
ENDINGS = {
    PostingStatus.FILLED: "The employer has filled it.",
    PostingStatus.CLOSED: "The employer has closed it.",
    PostingStatus.REMOVED: "It was taken off the board.",
}
ATTRIBUTES = {  # of the index, as people would call them
    "title": "title",
    "credentials": "credentials",
    "specialties": "specialties",
    "coding": "coding types",
    "employer": "employer’s name",
    "place": "place",
    "keywords": "other words for its fields",
    "description": "text",
}
SHOWN = (PostingStatus.PUBLISHED, PostingStatus.PAUSED)
LIVING_STATES = tuple((s.code, s.name) for s in STATES.values() if s.kind != "armed-forces")


def listing_url(posting_id: int, slug: str) -> str:
    """The public address of a listing, for ever: feeds and search engines keep it."""
    return f"/jobs/{posting_id}-{slug}"


class EmployerName(NamedTuple):
    name: str
    slug: str


def card_of(posting: Posting, employer: EmployerName | None = None) -> Card:
    """A listing in a list; its lists are loaded, and its employer where none is given."""
    named = employer or posting.employer
    return Card(
        id=posting.id,
        url=listing_url(posting.id, posting.slug),
        title=posting.title,
        employer=named.name,
        employer_url=f"/employers/{named.slug}",
        place=place_words(posting),
        states_note=_states_note(posting),
        published_at=posting.published_at,
        pay_hourly=pay_words(posting),
        pay_origin=describe_origin(posting.pay),
        requirement=requirement_sentence(posting),
        tags=_tags(posting),
    )


def ending_of(posting: Posting, now: datetime) -> Ending:
    """``posting`` was public and is not live."""
    if posting.status in ENDINGS:
        removed = posting.status is PostingStatus.REMOVED
        title = "" if removed else posting.title
        return Ending(title, ENDINGS[posting.status], posting.ended_at)
    if posting.status not in SHOWN:  # to be listed again: its words may be new, and unread
        return Ending("", "", None)
    if posting.is_expired(now):
        return Ending(posting.title, "Its time on the board has ended.", posting.expires_at)
    return Ending(
        posting.title, "The employer has paused it. It may come back.", None, for_good=False
    )


def listing_view(posting: Posting, now: datetime, state: str | None = None) -> ListingView:
    """``state``: the code that a visitor asks about; what is no state is not answered."""
    employer = posting.employer
    asked = state if state in STATES else ""
    return ListingView(
        id=posting.id,
        slug=posting.slug,
        url=listing_url(posting.id, posting.slug),
        title=posting.title,
        employer=employer.name,
        employer_slug=employer.slug,
        employer_kind=name_of(employer.kind, EMPLOYER_KINDS),
        employer_place=", ".join(part for part in (employer.city, employer.state) if part),
        employer_about=employer.about,
        employer_website=employer.website,
        place=place_words(posting),
        pay=pay_words(posting),
        pay_origin=describe_origin(posting.pay),
        assumptions=hourly_range(posting.pay).assumptions,
        pay_notes=notes(posting.pay, posting.employment),
        facts=_facts(posting),
        needs=_needs(posting.required),
        preferred=tuple(_credential_words(slug) for slug in posting.preferred),
        apprentice=APPRENTICE[posting.apprentice],
        apprentice_welcome=posting.apprentice is Apprentice.YES,
        state=asked or "",
        answer=can_apply_from(posting, asked) if asked else None,
        open_to=_counted_states(posting),
        states=LIVING_STATES,
        description=posting.description,
        published_at=posting.published_at,
        expires_at=posting.expires_at,
        closes_on=posting.closes_on,
    )


def pay_words(posting: Posting) -> str:
    """ "$24.00–$31.00 an hour" """
    return describe_hourly(hourly_range(posting.pay))


def place_words(posting: Posting) -> str:
    """ "Waterloo, IA", "Hybrid, Waterloo, IA", "Remote, anywhere in the US"."""
    place = ", ".join(part for part in (posting.city, posting.state) if part)
    if place and posting.setting in PLACED:
        return PLACED[posting.setting].format(place)
    return UNPLACED.get(posting.setting) or name_of(posting.setting, WORK_SETTINGS)


def standing_words(standing: Standing) -> str:
    """Why a hit stands where it does, in the order in which it counts."""
    found = []
    if standing.words:
        found.append(f"{standing.words} {'word' if standing.words == 1 else 'words'} met")
        found.append(f"{standing.typos or 'no'} {'typo' if standing.typos == 1 else 'typos'}")
    for attribute, words in Counter(standing.attributes).items():
        found.append(f"{words} in the {ATTRIBUTES[attribute]}")
    found.append(f"fullness {standing.quality} of 5")
    found.append(f"posted on {standing.day:%-d %b %Y}")
    return ", ".join(found)


def requirement_sentence(posting: Posting) -> str:
    """One sentence: what is asked for, and whether apprentices may come."""
    wanted = sentence(posting.required)
    asks = f"Asks for {wanted}." if wanted else "No credential is asked for."
    return f"{asks} Apprentices welcome." if posting.apprentice is Apprentice.YES else asks


def can_apply_from(posting: Posting, state: str) -> StateAnswer:
    """The honest answer to "may I live in ``state`` and do this work?"."""
    name, open_to = _state_name(state), _open_to(posting)
    if not open_to:
        return StateAnswer(
            "attention", f"The employer does not say whether people in {name} may do this job."
        )
    if posting.setting in ("onsite", "hybrid"):
        return _at_the_place(posting, state)
    if state in open_to:
        return StateAnswer("good", f"Yes. People who live in {name} may do this job.")
    if open_to == ANYWHERE:
        text = f"This job is open in the fifty states and DC. Ask the employer about {name}."
        return StateAnswer("attention", text)
    return StateAnswer("bad", f"No. {name} is not among the states: {state_names(open_to)}.")


def state_names(codes: tuple[str, ...]) -> str:
    """ "Iowa and Texas"; a long list is counted."""
    if len(codes) > MOST_NAMES:
        return "all fifty and DC" if codes == ANYWHERE else f"{len(codes)} states"
    names = [_state_name(code) for code in codes]
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def name_of(slug: str, vocabulary: Mapping[str, Term]) -> str:
    """As people read it; a slug that left the vocabulary is shown as it is."""
    term = vocabulary.get(slug)
    return term.name if term else slug


def _open_to(posting: Posting) -> tuple[str, ...]:
    return states_open(posting.setting, posting.state, posting.states)


def _counted_states(posting: Posting) -> tuple[str, ...]:
    """The names behind "12 states"; none where few enough are named, or all are meant."""
    codes = _open_to(posting)
    if len(codes) <= MOST_NAMES or set(ANYWHERE) <= set(codes):
        return ()
    return tuple(sorted(_state_name(code) for code in codes))


def _at_the_place(posting: Posting, state: str) -> StateAnswer:
    where, name = place_words(posting), _state_name(state)
    if state == posting.state:
        return StateAnswer("good", f"Yes. The work is in your state: {where}.")
    text = f"The work is done at a place outside {name}: {where}. You would have to get there."
    return StateAnswer("attention", text)


def _states_note(posting: Posting) -> str:
    if posting.setting in ("onsite", "hybrid", "offshore"):
        return ""
    codes = _open_to(posting)
    if len(codes) > MOST_CODES:
        return "" if codes == ANYWHERE else f"{len(codes)} states"
    return ", ".join(codes)


def _tags(posting: Posting) -> tuple[str, ...]:
    types = [name_of(slug, CODING_TYPES) for slug in posting.coding_types[:2]]
    specialties = [name_of(slug, SPECIALTIES) for slug in posting.specialties[: 3 - len(types)]]
    return (*types, *specialties, name_of(posting.employment, EMPLOYMENT_TYPES))


def _facts(posting: Posting) -> tuple[tuple[str, str], ...]:
    open_to = _open_to(posting)
    setting = name_of(posting.setting, WORK_SETTINGS)
    place = ", ".join(part for part in (posting.city, posting.state) if part)
    employer, delivery = posting.employer, posting.employer.delivery
    undisclosed = delivery is Delivery.UNDISCLOSED
    return (
        ("Work setting", setting),
        ("Place", f"{place} {posting.zip}".strip()),
        ("Open to people living in", state_names(open_to) if open_to else "Not stated"),
        ("Employment", name_of(posting.employment, EMPLOYMENT_TYPES)),
        ("Role", name_of(posting.role, ROLES)),
        ("Coding type", ", ".join(name_of(slug, CODING_TYPES) for slug in posting.coding_types)),
        ("Specialty", ", ".join(name_of(slug, SPECIALTIES) for slug in posting.specialties)),
        ("Experience", _experience(posting)),
        ("Software", ", ".join(name_of(slug, SOFTWARE) for slug in posting.software)),
        ("Code sets and rules", ", ".join(name_of(slug, CODE_SETS) for slug in posting.code_sets)),
        ("Shift", name_of(posting.shift, SHIFTS)),
        ("Equipment", NAMES[Facet.EQUIPMENT].get(posting.equipment or "", "")),
        ("Coding test", NAMES[Facet.CODING_TEST].get(posting.coding_test or "", "")),
        ("Employer", "" if employer.direct else NAMES[Facet.DIRECT]["no"]),
        ("Employer’s coding is done", "" if undisclosed else NAMES[Facet.DELIVERY][delivery]),
    )


def _experience(posting: Posting) -> str:
    """ "Mid; 3 years of coding, 1 year of Urology" """
    years = [f"{_years(posting.years)} of coding"] if posting.years else []
    for topic, number in posting.years_in.items():
        name = CODING_TYPES[topic].name if topic in CODING_TYPES else name_of(topic, SPECIALTIES)
        years.append(f"{_years(number)} of {name}")
    level = name_of(posting.experience, EXPERIENCE_LEVELS)
    return "; ".join(filter(None, (level, ", ".join(years))))


def _years(number: int) -> str:
    return f"{number} year{'' if number == 1 else 's'}"


def _needs(requirement: Requirement) -> tuple[Need, ...]:
    """The lines of the requirement, each with its credentials' names in full."""
    return tuple(
        Need(line.text, "; ".join(_credential_words(a.credential) for a in group))
        for line, group in zip(explain(requirement, ()), requirement.groups, strict=True)
    )


def _credential_words(slug: str) -> str:
    credential = CREDENTIALS.get(slug)
    return f"{credential.abbr}, {credential.name}" if credential else slug


def _state_name(code: str) -> str:
    state = STATES.get(code)
    return state.name if state else code
