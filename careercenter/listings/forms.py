"""Reads a search from an address. Any address can be read: what makes no sense is left out."""

import re
from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict

from careercenter.listings.index import Facet, Sort
from careercenter.listings.models import (
    DEFAULT_MILES,
    LABELS,
    NAMES,
    PARAMETERS,
    Criteria,
)
from careercenter.web.fields import clean

LONGEST_TEXT = 200
LONGEST_PLACE = 80
MOST_VALUES = 40  # of one facet
MOST_MILES = 500
MOST_PAY = 1_000_000  # dollars
LAST_PAGE = 1_000_000
MOST_NOTES = 5

_EMPLOYER = re.compile(r"[a-z0-9-]{1,100}")
_SPELLINGS: Mapping[Facet, Mapping[str, str]] = {
    facet: {value.lower(): value for value in names} for facet, names in NAMES.items()
}


class SearchForm:
    """The parameters of a search. ``criteria()`` never fails."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self._args = args
        self._notes: list[str] = []

    def criteria(self) -> Criteria:
        chosen = {
            facet: values
            for name, facet in PARAMETERS.items()
            if (values := self._values(name, facet))
        }
        return Criteria(
            q=self._text("q", LONGEST_TEXT),
            where=self._text("where", LONGEST_PLACE),
            miles=self._number("miles", 1, MOST_MILES) or DEFAULT_MILES,
            chosen=chosen,
            pay=self._pay(),
            sort=self._sort(),
            page=self._page(),
            more=PARAMETERS.get(self._args.get("more", "")),
            notes=tuple(self._notes[:MOST_NOTES]),
        )

    def _text(self, name: str, longest: int) -> str:
        return clean(self._args.get(name, "")[: longest * 2])[:longest].strip()

    def _values(self, name: str, facet: Facet) -> tuple[str, ...]:
        """The known values, in any case, each once."""
        found: dict[str, None] = {}
        for typed in _split(self._args.getlist(name)):
            value = _known(facet, typed)
            if value is not None:
                found[value] = None
            else:
                self._notes.append(f"“{typed[:40]}” is not in our list: {LABELS[facet].lower()}.")
        return tuple(found)[:MOST_VALUES]

    def _pay(self) -> int | None:
        """Whole dollars; "$25.50" is read as 25."""
        typed = clean(self._args.get("pay", "")[:20]).lstrip("$").replace(",", "").strip()
        if not typed:
            return None
        digits = re.fullmatch(r"([0-9]{1,7})(?:\.[0-9]*)?", typed)
        dollars = int(digits[1]) if digits else 0
        if 0 < dollars <= MOST_PAY:
            return dollars
        self._notes.append("The least pay was not a number of dollars, so it was left out.")
        return None

    def _sort(self) -> Sort | None:
        asked = self._args.get("sort", "")
        return Sort(asked) if asked in set(Sort) else None

    def _page(self) -> int:
        """Page 1 for what is no page number; what is too large is beyond the end of any list."""
        return self._number("page", 1, LAST_PAGE) or 1

    def _number(self, name: str, least: int, most: int) -> int | None:
        typed = self._args.get(name, "")
        if not (typed.isascii() and typed.isdigit()):
            return None
        number = int(typed[:9])
        return min(number, most) if number >= least else None


def _split(values: Iterable[str]) -> Iterable[str]:
    """``state=IA&state=TX`` and ``state=IA,TX`` say the same."""
    parts = (clean(part) for value in values for part in value[:1000].split(","))
    return [part for part in parts if part]


def _known(facet: Facet, typed: str) -> str | None:
    """An employer is known by the database alone; any slug will do here."""
    if facet is Facet.EMPLOYER:
        return typed if _EMPLOYER.fullmatch(typed) else None
    return _SPELLINGS[facet].get(typed.lower())
