"""Reads a search from an address. Any address can be read: what makes no sense is left out."""

import re
from collections.abc import Container, Iterable, Mapping

from werkzeug.datastructures import MultiDict

from careercenter.listings.code_search import READINGS
from careercenter.listings.criteria import (
    DAYS,
    DEFAULT_MILES,
    LABELS,
    NAMES,
    PARAMETERS,
    SEARCHABLE,
    Criteria,
)
from careercenter.listings.fit import Lane
from careercenter.listings.index import Facet, Sort
from careercenter.web.fields import clean

LONGEST_TEXT = 200
LONGEST_PLACE = 80
LONGEST_PLACES = 300
MOST_VALUES = 40  # of one facet
MOST_MILES = 500
MOST_PAY = 1_000_000  # dollars
LAST_PAGE = 1_000_000
MOST_NOTES = 5

_SLUG = re.compile(r"[a-z0-9-]{1,100}")
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
        more = PARAMETERS.get(self._args.get("more", ""))
        return Criteria(
            q=self._text("q", LONGEST_TEXT),
            where=self._where(),
            miles=self._number("miles", 1, MOST_MILES) or DEFAULT_MILES,
            chosen=chosen,
            pay=self._pay(),
            days=self._days(),
            new=self._args.get("new") == "1",
            fit=self._one_of("fit", set(Lane)),
            reading=self._one_of("as", READINGS),
            hidden=self._args.get("hidden") == "show",
            sort=self._sort(),
            page=self._page(),
            more=more,
            find=self._text("find", LONGEST_PLACE) if more in SEARCHABLE else "",
            explain=self._args.get("explain") == "1",
            notes=tuple(self._notes[:MOST_NOTES]),
        )

    def _text(self, name: str, longest: int) -> str:
        return clean(self._args.get(name, "")[: longest * 2])[:longest].strip()

    def _where(self) -> str:
        """ "where=50701&where=60601" and "where=50701;60601" say the same."""
        typed = (clean(part[: LONGEST_PLACE * 2]) for part in self._args.getlist("where"))
        return "; ".join(part for part in typed if part)[:LONGEST_PLACES].strip("; ")

    def _days(self) -> int | None:
        days = self._number("days", 1, max(DAYS))
        return next((allowed for allowed in DAYS if days and allowed >= days), None)

    def _one_of(self, name: str, words: Container[str]) -> str:
        asked = self._args.get(name, "")
        return str(asked) if asked in words else ""

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
    """Employers and cities are known by others; any slug will do here."""
    if facet in (Facet.EMPLOYER, Facet.CITY):
        return typed if _SLUG.fullmatch(typed) else None
    return _SPELLINGS[facet].get(typed.lower())
