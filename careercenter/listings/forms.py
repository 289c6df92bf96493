"""Reads a search from an address. Any address can be read: what makes no sense is left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from werkzeug.datastructures import MultiDict

from careercenter.listings.code_search import READINGS
from careercenter.listings.criteria import (
    DAYS,
    DEFAULT_MILES,
    NAMES,
    PARAMETERS,
    SEARCHABLE,
    YEARLY_FROM,
    Criteria,
    unknown_note,
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
LONGEST_SHOWN = 40  # of what made no sense

_SLUG = re.compile(r"[a-z0-9-]{1,100}")
_PAY = re.compile(  # "25.50", "$60,000", "25k", "$25 an hour", "60k/year"
    r"\$? ?(?P<dollars>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})(?P<cents>\.[0-9]+)?(?P<thousand> ?k)?"
    r"(?: ?(?:/|an?|per) ?(?P<unit>h|hr|hour|y|yr|year))?",
    re.IGNORECASE,
)
_SPELLINGS: Mapping[Facet, Mapping[str, str]] = {  # by its name too: "Texas"
    facet: {name.lower(): value for value, name in names.items()}
    | {value.lower(): value for value in names}
    for facet, names in NAMES.items()
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
        more = PARAMETERS.get(self._one_of("more", PARAMETERS.keys(), "filter"))
        criteria = Criteria(
            q=self._text("q", LONGEST_TEXT),
            where=self._where(),
            miles=self._miles(),
            chosen=chosen,
            pay=self._pay(),
            days=self._days(),
            new=self._args.get("new") == "1",
            fit=self._one_of("fit", set(Lane), "way to qualify"),
            reading=self._one_of("as", READINGS, "kind of code"),
            hidden=self._args.get("hidden") == "show",
            sort=self._sort(),
            page=self._page(),
            more=more,
            find=self._text("find", LONGEST_PLACE) if more in SEARCHABLE else "",
            explain=self._args.get("explain") == "1",
        )
        return replace(criteria, notes=tuple(self._told()))

    def _told(self) -> Iterator[str]:
        yield from self._notes[:MOST_NOTES]
        if len(self._notes) > MOST_NOTES:
            left = len(self._notes) - MOST_NOTES
            yield f"{left} more {'part' if left == 1 else 'parts'} of the address made no sense."

    def _text(self, name: str, longest: int) -> str:
        return clean(self._args.get(name, "")[: longest * 2])[:longest].strip()

    def _where(self) -> str:
        """ "where=50701&where=60601" and "where=50701;60601" say the same."""
        typed = (clean(part[: LONGEST_PLACE * 2]) for part in self._args.getlist("where"))
        return "; ".join(part for part in typed if part)[:LONGEST_PLACES].strip("; ")

    def _miles(self) -> int:
        typed, miles = self._typed("miles"), self._number("miles", 1, MOST_MILES)
        if typed and miles is None:
            self._notes.append(f"“{typed}” is no number of miles, so it is {DEFAULT_MILES}.")
        elif miles and typed.lstrip("0") != str(miles):
            self._notes.append(f"{MOST_MILES} miles are the most that can be asked for.")
        return miles or DEFAULT_MILES

    def _days(self) -> int | None:
        """The next that one may ask for."""
        typed, days = self._typed("days"), self._number("days", 1, max(DAYS))
        found = next((allowed for allowed in DAYS if days and allowed >= days), None)
        if typed and found is None:
            self._notes.append(f"“{typed}” is no number of days, so it was left out.")
        elif found and typed.lstrip("0") != str(found):
            self._notes.append(f"“Posted within” has no {typed} days, so it is {found}.")
        return found

    def _one_of(self, name: str, words: Set[str], noun: str) -> str:
        asked = self._typed(name)
        if asked in words:
            return str(asked)
        if asked:
            self._notes.append(f"We know no {noun} “{asked}”, so it was left out.")
        return ""

    def _values(self, name: str, facet: Facet) -> tuple[str, ...]:
        """The known values, in any case, each once."""
        found: dict[str, None] = {}
        for typed in _split(self._args.getlist(name)):
            value = _known(facet, typed)
            if value is not None:
                found[value] = None
            else:
                self._notes.append(unknown_note(facet, typed))
        return tuple(found)[:MOST_VALUES]

    def _pay(self) -> Decimal | None:
        typed = self._typed("pay")
        dollars = _dollars(typed) if typed else None
        if typed and dollars is None:
            self._notes.append(
                f"We could not read the pay “{typed}”, so it was left out."
                " Write 25.50 for an hour, or 60,000 or 60k for a year."
            )
        return dollars

    def _sort(self) -> Sort | None:
        asked = self._one_of("sort", set(Sort), "order")
        return Sort(asked) if asked else None

    def _page(self) -> int:
        """Page 1 for what is no page number; what is too large is beyond the end of any list."""
        typed, page = self._typed("page"), self._number("page", 1, LAST_PAGE)
        if typed and page is None:
            self._notes.append(f"“{typed}” is no number of a page, so this is the first.")
        return page or 1

    def _typed(self, name: str) -> str:
        """As it may be shown."""
        given = self._args.get(name, "")
        return clean(given[: LONGEST_SHOWN * 2])[:LONGEST_SHOWN].strip() if given else ""

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


def _dollars(typed: str) -> Decimal | None:
    """Whole dollars, or two decimals: what is more exact is cut. None for what is no pay."""
    found = _PAY.fullmatch(typed)
    if found is None:
        return None
    dollars = Decimal(found["dollars"].replace(",", "") + (found["cents"] or ""))
    dollars *= 1000 if found["thousand"] else 1
    unit = (found["unit"] or "").lower()[:1]
    if unit == ("h" if dollars >= YEARLY_FROM else "y") or not 0 < dollars <= MOST_PAY:
        return None
    cents = dollars.quantize(Decimal("0.01"), ROUND_DOWN)
    return cents if cents % 1 else Decimal(int(cents))


def _known(facet: Facet, typed: str) -> str | None:
    """Employers and cities are known by others; any slug will do here."""
    if facet in (Facet.EMPLOYER, Facet.CITY):
        return typed if _SLUG.fullmatch(typed) else None
    return _SPELLINGS[facet].get(typed.lower())
