"""What two states of a posting differ in, and which of that a moderator looks at."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace

from rapidfuzz.distance import Indel

from careercenter.postings.details import Custom, PostingDetails
from careercenter.revisions.models import Topic

MUCH = 0.3  # of the words, from which a text is another text
_WORD = re.compile(r"\w+")

_OF: Mapping[str, Topic] = {
    "title": Topic.TITLE,
    "pay": Topic.PAY,
    "employment": Topic.PAY,
    "setting": Topic.PLACE,
    "place": Topic.PLACE,
    "more_places": Topic.PLACE,
    "states": Topic.PLACE,
    "excluded": Topic.PLACE,
    "required": Topic.REQUIREMENT,
    "apprentice": Topic.REQUIREMENT,
    "years_in": Topic.REQUIREMENT,
    "applying": Topic.APPLYING,
    "closes_on": Topic.CLOSING_DATE,
}
_INSIDE: Mapping[Topic, Callable[[PostingDetails], object]] = {
    Topic.REQUIREMENT: lambda said: said.conditions.years,
    Topic.APPLYING: lambda said: (said.disclosure.client, said.disclosure.confidential),
    # Not the labels: other words of staff's are no change of the employer's.
    Topic.CUSTOM: lambda said: [(answer.key, answer.values) for answer in said.custom.answers],
}


def topics(now: PostingDetails, then: PostingDetails, reviewed: str) -> frozenset[Topic]:
    """``reviewed``: the text as a moderator last saw it; many small steps from it are a big one."""
    old, new = _without_insides(now), _without_insides(then)
    found = {
        _OF.get(one.name, Topic.DETAILS)
        for one in fields(PostingDetails)
        if getattr(old, one.name) != getattr(new, one.name)
    }
    found |= {topic for topic, part in _INSIDE.items() if part(now) != part(then)}
    if now.description != then.description:
        found.add(Topic.TEXT if difference(reviewed, then.description) > MUCH else Topic.WORDING)
    return frozenset(found)


def _without_insides(said: PostingDetails) -> PostingDetails:
    """Without the text, and without the parts that have a topic of their own."""
    return replace(
        said,
        description="",
        conditions=replace(said.conditions, years=0),
        disclosure=replace(said.disclosure, client="", confidential=False),
        custom=Custom(),
    )


def difference(one: str, other: str) -> float:
    """0: the same words in the same order; 1: no word in common."""
    return Indel.normalized_distance(_words(one), _words(other))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
