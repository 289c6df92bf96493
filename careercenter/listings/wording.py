"""A posting in the words of the public pages. Needs nothing but the posting."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from careercenter.employers.models import Employer
from careercenter.listings.documents import ANYWHERE, open_states
from careercenter.listings.facts import fact_sections, key_facts
from careercenter.listings.index import Standing
from careercenter.listings.models import Card, ListingView, Need, StateAnswer
from careercenter.listings.names import (
    MOST_NAMES,
    name_of,
    place_words,
    state_name,
    state_names,
    where_open,
)
from careercenter.postings.models import CONFIDENTIAL, ApplyBy, Apprentice, Posting, PostingDetails
from careercenter.taxonomy.pay import (
    describe_hourly,
    describe_origin,
    hourly_range,
    notes,
)
from careercenter.taxonomy.production import describe_usual, hourly_units, usual_production
from careercenter.taxonomy.requirements import Requirement, explain, sentence
from careercenter.taxonomy.vocabularies import (
    CODING_TYPES,
    CREDENTIALS,
    EMPLOYER_KINDS,
    EMPLOYMENT_TYPES,
    SPECIALTIES,
    STATES,
)

MOST_CODES = 4
EVERGREEN = "Always hiring"

APPRENTICE = {
    Apprentice.YES: "New coders are welcome: an apprentice may apply.",
    Apprentice.NO: "Not for apprentices: the full credential is expected.",
    Apprentice.CASE_BY_CASE: "Apprentices are looked at case by case.",
}
LETTER = {
    True: "They sign the AAPC experience letter.",
    False: "They do not sign the AAPC experience letter.",
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
LIVING_STATES = tuple((s.code, s.name) for s in STATES.values() if s.kind != "armed-forces")


def listing_url(posting_id: int, slug: str) -> str:
    """The public address of a listing, for ever: feeds and search engines keep it."""
    return f"/jobs/{posting_id}-{slug}"


class EmployerName(NamedTuple):
    name: str
    slug: str  # "" for one that has no page


UNNAMED = EmployerName(CONFIDENTIAL, "")


def card_of(posting: Posting, employer: EmployerName | None = None, hide_url: str = "") -> Card:
    """A listing in a list; its lists are loaded, and its employer where none is given.

    ``hide_url``: where a visitor says "not for me", if they can.
    """
    named = UNNAMED if posting.confidential else employer or posting.employer
    return Card(
        id=posting.id,
        url=listing_url(posting.id, posting.slug),
        title=posting.title,
        employer=named.name,
        employer_url=f"/employers/{named.slug}" if named.slug else "",
        place=place_words(posting),
        states_note=_states_note(posting),
        published_at=posting.published_at,
        pay_hourly=pay_words(posting),
        pay_origin=describe_origin(posting.pay),
        requirement=requirement_sentence(posting),
        tags=_tags(posting),
        confirmed_at=posting.reconfirmed_at,
        hide_url=hide_url,
    )


def listing_view(posting: Posting, now: datetime, state: str | None = None) -> ListingView:
    """``state``: the code that a visitor asks about; what is no state is not answered."""
    asked = state if state in STATES else ""
    view = ListingView(
        id=posting.id,
        slug=posting.slug,
        url=listing_url(posting.id, posting.slug),
        title=posting.title,
        employer=posting.shown_employer,
        employer_kind=name_of(posting.employer.kind, EMPLOYER_KINDS),
        place=place_words(posting),
        pay=pay_words(posting),
        pay_origin=describe_origin(posting.pay),
        assumptions=hourly_range(posting.pay).assumptions,
        pay_notes=notes(posting.pay, posting.employment),
        facts=key_facts(posting),
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
        first_published_at=posting.first_published_at,
        reposts=posting.reposts,
        confirmed_at=posting.reconfirmed_at,
        expires_at=posting.expires_at,
        closes_on=posting.closes_on,
        sections=fact_sections(posting),
        volume=volume_note(posting),
        apprentice_notes=tuple(_apprentice_notes(posting)),
        apply_out=posting.apply_to if posting.apply_by is ApplyBy.WEB else "",
    )
    return view if posting.confidential else _with_employer(view, posting.employer)


def pay_words(posting: Posting) -> str:
    """ "$24.00–$31.00 an hour" """
    return describe_hourly(hourly_range(posting.pay))


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
    name, open_to = state_name(state), open_states(posting)
    if not open_to:
        return StateAnswer(
            "attention", f"The employer does not say whether people in {name} may do this job."
        )
    if posting.setting in ("onsite", "hybrid"):
        return _at_the_place(posting, state)
    if state in open_to:
        return StateAnswer("good", f"Yes. People who live in {name} may do this job.")
    if posting.excluded:
        text = f"No. It is open to people {where_open(posting, open_to)}."
        return StateAnswer("bad", text)
    if open_to == ANYWHERE:
        text = f"This job is open in the fifty states and DC. Ask the employer about {name}."
        return StateAnswer("attention", text)
    return StateAnswer("bad", f"No. {name} is not among the states: {state_names(open_to)}.")


def _counted_states(posting: Posting) -> tuple[str, ...]:
    """The names behind "12 states"; none where few enough are named, or all are meant."""
    codes = open_states(posting)
    if len(codes) <= MOST_NAMES or set(ANYWHERE) <= set(codes):
        return ()
    return tuple(sorted(state_name(code) for code in codes))


def _at_the_place(posting: Posting, state: str) -> StateAnswer:
    where, name = place_words(posting), state_name(state)
    if state in posting.place_states:
        return StateAnswer("good", f"Yes. The work is in your state: {where}.")
    text = f"The work is done at a place outside {name}: {where}. You would have to get there."
    return StateAnswer("attention", text)


def _states_note(posting: Posting) -> str:
    if posting.setting in ("onsite", "hybrid", "offshore"):
        return ""
    if posting.excluded:
        few = len(posting.excluded) <= MOST_CODES
        return f"not {', '.join(posting.excluded)}" if few else f"{len(posting.states)} states"
    codes = open_states(posting)
    if len(codes) > MOST_CODES:
        return "" if codes == ANYWHERE else f"{len(codes)} states"
    return ", ".join(codes)


def _tags(posting: Posting) -> tuple[str, ...]:
    types = [name_of(slug, CODING_TYPES) for slug in posting.coding_types[:2]]
    specialties = [name_of(slug, SPECIALTIES) for slug in posting.specialties[: 3 - len(types)]]
    kind = name_of(posting.employment, EMPLOYMENT_TYPES)
    return (*types, *specialties, *((EVERGREEN,) if posting.evergreen else ()), kind)


def _with_employer(view: ListingView, employer: Employer) -> ListingView:
    return replace(
        view,
        employer_slug=employer.slug,
        employer_place=", ".join(part for part in (employer.city, employer.state) if part),
        employer_about=employer.about,
        employer_logo=employer.logo_key,
        employer_website=employer.website,
    )


def _apprentice_notes(posting: Posting) -> Iterator[str]:
    """Sentences on how new coders are taken in; where they are, silence is named too."""
    said, unsaid = posting.mentoring, []
    if said.apprentice_reason:
        yield f"The employer’s reason: {said.apprentice_reason}"
    if said.mentor:
        yield f"Mentor: {said.mentor}."
    else:
        unsaid.append("a mentor")
    if said.signs_letter is None:
        unsaid.append("the AAPC experience letter")
    else:
        yield LETTER[said.signs_letter]
    if unsaid and posting.apprentice is not Apprentice.NO:
        yield f"Not stated: {' and '.join(unsaid)}."


def volume_note(details: Posting | PostingDetails) -> str:
    """What is commonly asked, beside what is asked here; empty where nothing compares."""
    said = details.production
    if said.units is None or said.per is None:
        return ""
    usual = usual_production(details.coding_types, details.specialties, details.role, said.piece)
    if usual is None:
        return ""
    an_hour = hourly_units(said.units, said.per)
    judged = "This is within what is common"
    if not usual.holds(an_hour):
        judged = f"This is {'more' if an_hour > usual.high else 'less'} than is common"
    return f"{judged} in {usual.of}: {describe_usual(usual)}. There is no national standard."


def _needs(requirement: Requirement) -> tuple[Need, ...]:
    """The lines of the requirement, each with its credentials' names in full."""
    return tuple(
        Need(line.text, "; ".join(_credential_words(a.credential) for a in group))
        for line, group in zip(explain(requirement, ()), requirement.groups, strict=True)
    )


def _credential_words(slug: str) -> str:
    credential = CREDENTIALS.get(slug)
    return f"{credential.abbr}, {credential.name}" if credential else slug
