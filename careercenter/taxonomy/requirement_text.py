"""Reads a requirement as people type it.

    requirement  = group { "and" group }
    group        = "(" alternatives ")" [ deadline ] | alternatives
    alternatives = alternative { "or" alternative }
    alternative  = credential [ deadline ]
    deadline     = "within" number ( "month" | "months" ) [ "of" "hire" ]

"and" and "or" side by side without brackets mean different things to different readers, so they
are refused rather than guessed at.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import NoReturn

from careercenter.errors import Invalid
from careercenter.taxonomy.vocabularies import CREDENTIALS

Alternative = tuple[str, int | None]  # slug, months after the hire
Group = tuple[Alternative, ...]

LONGEST = 1000  # characters
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_END = ""


def _spellings() -> Mapping[str, str]:
    """Every slug, abbreviation and alias in lower case → slug; slugs and abbreviations win."""
    found: dict[str, str] = {}
    for slug, credential in CREDENTIALS.items():
        meant = credential.alias_of if credential.status == "alias" else None
        for spelling in (slug, credential.abbr, *credential.aliases):
            found.setdefault(spelling.lower(), meant or slug)
    return MappingProxyType(found)


SPELLINGS = _spellings()


def read(text: str) -> tuple[Group, ...]:
    """The groups written in ``text``; none in a blank. Raises Invalid (field "requirement")."""
    if len(text) > LONGEST:
        _refuse(f"Write the requirement in at most {LONGEST:,} characters.")
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return _Reader(re.findall(r"[()]|[^\s()]+", plain)).groups()


class _Reader:
    """Walks the words once, from left to right."""

    def __init__(self, words: list[str]) -> None:
        self._words = [*words, _END]
        self._at = 0

    def groups(self) -> tuple[Group, ...]:
        if self._next == _END:
            return ()
        groups: list[Group] = []
        bare: list[bool] = []
        while not groups or self._took("and"):
            bare.append(self._next != "(")
            groups.append(self._group())
        if self._next != _END:
            _refuse(f"Expected “and” or the end before “{self._next[:40]}”.")
        if len(groups) > 1 and any(b and len(g) > 1 for b, g in zip(bare, groups, strict=True)):
            _refuse("Put alternatives in brackets: (CPC or CCS-P) and CRC.")
        return tuple(groups)

    def _group(self) -> Group:
        if not self._took("("):
            return self._alternatives()
        group = self._alternatives()
        if not self._took(")"):
            _refuse("Close the bracket after the alternatives." if self._next != "and" else _NESTED)
        months = self._deadline()
        return tuple((slug, own or months) for slug, own in group)

    def _alternatives(self) -> Group:
        found: dict[str, int | None] = {}
        while not found or self._took("or"):
            slug, months = self._credential(), self._deadline()
            found.setdefault(slug, months)
        return tuple(found.items())

    def _credential(self) -> str:
        words = list(self._name())
        if not words:
            here = f"before “{self._next}”" if self._next else "at the end"
            _refuse(f"Expected a credential {here}.")
        return _known(" ".join(words))

    def _name(self) -> Iterator[str]:
        while self._next.lower() not in {"(", ")", "and", "or", "within", _END}:
            yield self._take()

    def _deadline(self) -> int | None:
        if not self._took("within"):
            return None
        number = self._take()
        timed = re.fullmatch("[0-9]{1,3}", number) and (self._took("months") or self._took("month"))
        if not timed or (self._took("of") and not self._took("hire")):
            _refuse("Write the time allowed as “within 6 months of hire”.")
        return int(number)

    @property
    def _next(self) -> str:
        return self._words[self._at]

    def _take(self) -> str:
        word = self._next
        self._at += word != _END
        return word

    def _took(self, word: str) -> bool:
        met = self._next.lower() == word
        self._at += met
        return met


_NESTED = "Inside brackets write only “or”; join the brackets with “and”."


def _known(name: str) -> str:
    slug = SPELLINGS.get(name.lower())
    if slug is None:
        near = get_close_matches(name.lower(), SPELLINGS, n=1, cutoff=0.7)
        hint = f" Did you mean {CREDENTIALS[SPELLINGS[near[0]]].abbr}?" if near else ""
        _refuse(f"“{name[:40]}” is not a known credential.{hint}")
    return slug


def _refuse(message: str) -> NoReturn:
    raise Invalid(message, "requirement")
