"""Credentials in a text: which are required together, which instead of each other, which preferred.

Read clause by clause. "or", a slash and a comma join alternatives; "and", "plus" and "&" begin the
next group. The nearest word like "required" or "a plus" decides, else the heading above.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from careercenter.reading.models import Fact, Topic
from careercenter.reading.text import NUMBER, Clause, Text, any_of, number_of
from careercenter.taxonomy.requirements import MOST_MONTHS, Alternative, Requirement
from careercenter.taxonomy.vocabularies import CREDENTIALS

MOST_GROUPS = 3

_PREFERRED = re.compile(
    r"prefer(?:red|ence|s|ably)?|a plus|nice to have|wanted|desir(?:ed|able)|bonus|ideal(?:ly)?|"
    r"advantage|helpful|an asset",
    re.IGNORECASE,
)
_REQUIRED = re.compile(r"\brequired?|\bmust\b|mandatory|need(?:ed|s)?\b", re.IGNORECASE)
_HEADING = re.compile(r"\s*[*#\-]*\s*[\w/ &]{3,50}:\s*[*]*\s*")
_NEXT_GROUP = re.compile(r"\b(?:and|plus|as well as)\b(?!\s*/\s*or)|[&+](?!\w)", re.IGNORECASE)
_DEADLINE = re.compile(rf"within (?:the first )?({NUMBER}) (month|year)s?", re.IGNORECASE)
_REFUSED = re.compile(r"\b(?:no|not|without)\b[^,]{0,30}$", re.IGNORECASE)
_NOT_TAKEN = re.compile(
    r"^(?:\s+(?:coders?|holders?|candidates?|applicants?))?(?:\s+(?:is|are|will|may|need))?\s+"
    r"(?:not\b|cannot\b|can't\b|ineligible)",
    re.IGNORECASE,
)


def _spellings() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for slug, credential in CREDENTIALS.items():
        meant = credential.alias_of or slug
        if CREDENTIALS[meant].pickable:
            for spelling in (credential.abbr, *credential.aliases, credential.name):
                found.setdefault(spelling if spelling.isupper() else spelling.lower(), meant)
    return MappingProxyType(found)


_SPELLINGS = _spellings()
_CREDENTIAL = re.compile(rf"(?<![\w-])(?:{any_of(_SPELLINGS, str.isupper)})(?!\w|-\w)")


@dataclass(frozen=True, slots=True)
class _Mention:
    slug: str
    start: int  # in the whole text
    end: int
    preferred: bool
    joined: bool  # an alternative to the one before it
    months: int | None = None


def asked(text: Text) -> tuple[Fact, ...]:
    """What is required, and what is preferred."""
    mentions = list(_mentions(text))
    return tuple(fact for fact in (_required(text, mentions), _preferred(text, mentions)) if fact)


def _required(text: Text, mentions: Iterable[list[_Mention]]) -> Fact | None:
    """The groups that must be met. What overlaps is one group: advertisements repeat themselves."""
    groups: list[list[_Mention]] = []
    for clause in mentions:
        for group in _groups(m for m in clause if not m.preferred):
            _merge(groups, group)
    if not groups:
        return None
    kept = groups[:MOST_GROUPS]
    alternatives = (
        tuple({m.slug: Alternative(m.slug, m.months) for m in group}.values()) for group in kept
    )
    words = text.quote(*{_clause_around(text, group[0]): None for group in kept})
    return Fact(Topic.REQUIRED, Requirement(tuple(alternatives)), words)


def _preferred(text: Text, mentions: Iterable[list[_Mention]]) -> Fact | None:
    liked = [m for clause in mentions for m in clause if m.preferred]
    needed = {m.slug for clause in mentions for m in clause if not m.preferred}
    slugs = dict.fromkeys(m.slug for m in liked if m.slug not in needed)
    if not slugs:
        return None
    first = next(m for m in liked if m.slug in slugs)
    return Fact(Topic.PREFERRED, tuple(slugs), text.quote(_clause_around(text, first)))


def _mentions(text: Text) -> Iterator[list[_Mention]]:
    heading_prefers = False
    for clause in text.clauses:
        if ":" in clause and _HEADING.fullmatch(clause):
            heading_prefers = bool(_PREFERRED.search(clause))
        found = list(_in_clause(clause, heading_prefers))
        if found:
            yield found


def _in_clause(clause: Clause, heading_prefers: bool) -> Iterator[_Mention]:
    before, matches = 0, list(_CREDENTIAL.finditer(clause))
    if not matches:
        return
    deadlines = [
        (m.start(), number_of(m[1]) * (12 if m[2].lower() == "year" else 1))
        for m in _DEADLINE.finditer(clause)
    ]
    for match in matches:
        if _REFUSED.search(clause[: match.start()]) or _NOT_TAKEN.match(clause[match.end() :]):
            continue
        word = match[0]
        mention = _Mention(
            slug=_SPELLINGS.get(word) or _SPELLINGS[word.lower()],
            start=clause.begins + match.start(),
            end=clause.begins + match.end(),
            preferred=_is_preferred(clause, match.end(), heading_prefers),
            joined=before > 0 and not _NEXT_GROUP.search(clause[before : match.start()]),
        )
        months = next((n for at, n in deadlines if at > match.start()), None)
        yield replace(mention, months=months if months and months <= MOST_MONTHS else None)
        before = match.end()


def _is_preferred(clause: str, at: int, heading_prefers: bool) -> bool:
    """By the nearest word after it, then by the nearest before it, then by the heading."""
    marks = [(m.start(), True) for m in _PREFERRED.finditer(clause)]
    marks += [(m.start(), False) for m in _REQUIRED.finditer(clause)]
    after = [mark for mark in marks if mark[0] >= at]
    if after:
        return min(after)[1]
    return max(marks)[1] if marks else heading_prefers


def _groups(mentions: Iterable[_Mention]) -> Iterator[list[_Mention]]:
    """The time allowed is said after the last of a group, and only of that group."""
    groups: list[list[_Mention]] = []
    for mention in mentions:
        if groups and mention.joined:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    for number, group in enumerate(groups, start=1):
        last = number == len(groups)
        yield group if last else [replace(m, months=None) for m in group]


def _merge(groups: list[list[_Mention]], group: list[_Mention]) -> None:
    slugs = {m.slug for m in group}
    for at, known in enumerate(groups):
        if slugs & {m.slug for m in known}:
            if len(group) > len(known):
                groups[at] = group
            return
    groups.append(group)


def _clause_around(text: Text, mention: _Mention) -> tuple[int, int]:
    for clause in text.clauses:
        if clause.begins <= mention.start < clause.begins + len(clause):
            return clause.begins, clause.begins + len(clause)
    return mention.start, mention.end
