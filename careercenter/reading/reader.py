"""Reads an advertisement: the one entry to this package."""

from collections.abc import Iterator

from careercenter.reading import conditions, credentials, experience, extras, pay, terms
from careercenter.reading.models import Fact, Reading, Topic
from careercenter.reading.text import Text

ALL_STATES = frozenset({"remote-us"})


def read(written: str) -> Reading:
    """What the text says, at most one fact a topic; the same text always gives the same.

    Never raises. A fact may be wrong: people confirm each, beside the words it was read in.
    """
    text = Text(written)
    facts: dict[Topic, Fact] = {}
    for fact in _facts(text):
        facts.setdefault(fact.topic, fact)
    return Reading(tuple(_settled(facts).values()))


def _facts(text: Text) -> Iterator[Fact]:
    types = terms.coding_types(text)
    known = types.value if types and isinstance(types.value, tuple) else ()
    found = (
        experience.title(text),
        experience.role(text),
        types,
        terms.specialties(text),
        terms.software(text),
        terms.code_sets(text, (slug for slug in known if isinstance(slug, str))),
        *credentials.asked(text),
        experience.apprentice(text),
        conditions.place(text),
        conditions.near_miles(text),
        conditions.onsite_days(text),
        conditions.test_minutes(text),
        pay.pay(text),
        conditions.openings(text),
        conditions.closes_on(text),
    )
    yield from (fact for fact in found if fact)
    yield from experience.years(text)
    yield from conditions.choices(text)
    yield from conditions.states(text)
    yield from pay.expectations(text)
    yield from extras.extras(text)


def _settled(facts: dict[Topic, Fact]) -> dict[Topic, Fact]:
    """Remote work with a list of states is remote work in listed states."""
    setting, states = facts.get(Topic.SETTING), facts.get(Topic.STATES)
    listed = states or facts.get(Topic.STATES_EXCLUDED)
    if setting and listed and setting.value in ALL_STATES:
        one = states is not None and isinstance(states.value, tuple) and len(states.value) == 1
        slug = "remote-in-state" if one else "remote-listed-states"
        facts[Topic.SETTING] = Fact(Topic.SETTING, slug, setting.words)
    return facts
