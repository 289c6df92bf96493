"""A search as its address says it: which facets there are, their names and their order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from careercenter.listings.index import NOT_STATED, Facet, Sort
from careercenter.taxonomy.vocabularies import (
    APPRENTICE_ANSWERS,
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

DEFAULT_MILES = 25
YEARLY_FROM = 1000  # dollars: nobody means that much an hour
HOURS_A_YEAR = 2080
DAYS = (1, 3, 7, 14, 30)  # that one may ask a listing to be no older than

# The words of an address. They are shared and kept, so they never change.
PARAMETERS: Mapping[str, Facet] = MappingProxyType(
    {
        "role": Facet.ROLE,
        "type": Facet.CODING_TYPE,
        "specialty": Facet.SPECIALTY,
        "cred": Facet.CREDENTIAL,
        "apprentice": Facet.APPRENTICE,
        "setting": Facet.SETTING,
        "state": Facet.STATE,
        "employment": Facet.EMPLOYMENT,
        "level": Facet.EXPERIENCE,
        "codes": Facet.CODE_SET,
        "software": Facet.SOFTWARE,
        "shift": Facet.SHIFT,
        "equipment": Facet.EQUIPMENT,
        "test": Facet.CODING_TEST,
        "city": Facet.CITY,
        "employer": Facet.EMPLOYER,
        "kind": Facet.EMPLOYER_KIND,
        "direct": Facet.DIRECT,
        "delivery": Facet.DELIVERY,
    }
)
PARAMETER_OF: Mapping[Facet, str] = MappingProxyType({f: p for p, f in PARAMETERS.items()})

# In the page's order; those after the first eight are folded.
LABELS: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.SETTING: "Work setting",
        Facet.STATE: "I live in",
        Facet.CREDENTIAL: "Credential accepted",
        Facet.CODING_TYPE: "Coding type",
        Facet.SPECIALTY: "Specialty",
        Facet.EXPERIENCE: "Experience",
        Facet.APPRENTICE: "Apprentices",
        Facet.EMPLOYMENT: "Employment",
        Facet.ROLE: "Role",
        Facet.SOFTWARE: "Software",
        Facet.CODE_SET: "Code sets and rules",
        Facet.SHIFT: "Shift",
        Facet.EQUIPMENT: "Equipment",
        Facet.CODING_TEST: "Coding test",
        Facet.CITY: "City",
        Facet.EMPLOYER: "Employer",
        Facet.EMPLOYER_KIND: "Kind of employer",
        Facet.DIRECT: "Direct or agency",
        Facet.DELIVERY: "Where coding is done",
    }
)
UNFOLDED = frozenset([*LABELS][:8])
# What one value is called inside a sentence.
NOUNS: Mapping[Facet, str] = MappingProxyType(
    {
        **{facet: label.lower() for facet, label in LABELS.items()},
        Facet.STATE: "state",
        Facet.CREDENTIAL: "credential",
        Facet.EXPERIENCE: "level of experience",
        Facet.APPRENTICE: "answer about apprentices",
        Facet.EMPLOYMENT: "kind of employment",
        Facet.CODE_SET: "code set",
        Facet.EQUIPMENT: "answer about equipment",
        Facet.CODING_TEST: "answer about the coding test",
        Facet.DIRECT: "answer about agencies",
        Facet.DELIVERY: "answer about where coding is done",
    }
)
ON_DEMAND = frozenset({Facet.CITY, Facet.EMPLOYER})  # too many values to count for every page
SEARCHABLE = frozenset({Facet.CITY, Facet.EMPLOYER, Facet.SOFTWARE, Facet.SPECIALTY})

# Value → name. Employers' names are in the database, cities' in the slug.
NAMES: Mapping[Facet, Mapping[str, str]] = MappingProxyType(
    {
        Facet.ROLE: {slug: term.name for slug, term in ROLES.items()},
        Facet.CODING_TYPE: {slug: term.name for slug, term in CODING_TYPES.items()},
        Facet.SPECIALTY: {slug: term.name for slug, term in SPECIALTIES.items()},
        Facet.CREDENTIAL: {slug: term.abbr for slug, term in CREDENTIALS.items()},
        Facet.APPRENTICE: {slug: term.name for slug, term in APPRENTICE_ANSWERS.items()},
        Facet.SETTING: {slug: term.name for slug, term in WORK_SETTINGS.items()},
        Facet.STATE: {code: s.name for code, s in STATES.items()} | {NOT_STATED: "Not stated"},
        Facet.EMPLOYMENT: {slug: term.name for slug, term in EMPLOYMENT_TYPES.items()},
        Facet.EXPERIENCE: {slug: term.name for slug, term in EXPERIENCE_LEVELS.items()},
        Facet.CODE_SET: {slug: term.name for slug, term in CODE_SETS.items()},
        Facet.SOFTWARE: {slug: term.name for slug, term in SOFTWARE.items()},
        Facet.SHIFT: {slug: term.name for slug, term in SHIFTS.items()},
        Facet.EQUIPMENT: {
            "provided": "Provided",
            "stipend": "Stipend for your own",
            "own": "Your own",
        },
        Facet.CODING_TEST: {
            "none": "No coding test",
            "yes-paid": "Paid coding test",
            "yes-unpaid": "Unpaid coding test",
        },
        Facet.CITY: {},
        Facet.EMPLOYER: {},
        Facet.EMPLOYER_KIND: {slug: term.name for slug, term in EMPLOYER_KINDS.items()},
        Facet.DIRECT: {"yes": "Direct employer", "no": "Staffing agency"},
        Facet.DELIVERY: {
            "onshore": "In the US only",
            "mixed": "In the US and abroad",
            "offshore": "Abroad",
            "undisclosed": "Not disclosed",
        },
    }
)


@dataclass(frozen=True, slots=True)
class Criteria:
    """A search as its address says it. ``notes`` tell what of the address was left out."""

    q: str = ""
    where: str = ""  # several places are parted by semicolons
    miles: int = DEFAULT_MILES
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    pay: Decimal | None = None  # at least: dollars an hour, or a year from 1,000 on
    days: int | None = None  # no older than
    new: bool = False  # since the last visit
    fit: str = ""  # a lane of ``fit``
    reading: str = ""  # how a code in the words is to be read: "words", or a kind of code
    hidden: bool = False  # show what the visitor hid
    sort: Sort | None = None
    page: int = 1
    more: Facet | None = None  # the facet that is shown with all its values
    find: str = ""  # the beginning of a value in that facet
    explain: bool = False
    notes: tuple[str, ...] = ()

    @property
    def pay_cents(self) -> int | None:
        """The least pay in cents an hour."""
        if self.pay is None:
            return None
        hours = HOURS_A_YEAR if self.pay >= YEARLY_FROM else 1
        return int(self.pay * 100 / hours)

    @property
    def places(self) -> tuple[str, ...]:
        """The parts of ``where``."""
        return tuple(part.strip() for part in self.where.split(";") if part.strip())

    @property
    def whole(self) -> Mapping[str, str]:
        """What a change of a filter keeps and other words do not: which facet is shown whole, and
        as what a code was read.
        """
        more = PARAMETER_OF[self.more] if self.more else ""
        kept = {"more": more, "find": self.find if more else "", "as": self.reading}
        return {name: value for name, value in kept.items() if value}

    @property
    def unseen(self) -> Mapping[str, str]:
        """What is chosen by a link and has no field: the search's form carries it on."""
        hidden, explain = "show" if self.hidden else "", "1" if self.explain else ""
        carried = {"fit": str(self.fit or ""), "hidden": hidden, "explain": explain}
        return {name: value for name, value in carried.items() if value}

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows the search."""
        narrowed = self.where or self.pay or self.days or self.new or self.fit
        return bool(narrowed or any(self.chosen.values()))

    def without(self, facet: Facet, value: str) -> "Criteria":
        left = tuple(other for other in self.chosen[facet] if other != value)
        return self.choosing(facet, *left)

    def forgetting(self, facet: Facet, unknown: Iterable[str]) -> "Criteria":
        """Without values that turned out to be unknown, which a note tells."""
        left = [value for value in self.chosen[facet] if value not in unknown]
        notes = (*self.notes, *(unknown_note(facet, value) for value in unknown))
        return replace(self.choosing(facet, *left), page=self.page, notes=notes)

    def choosing(self, facet: Facet, *values: str) -> "Criteria":
        """The search with these values of the facet and no others."""
        return replace(self, chosen={**self.chosen, facet: values}, page=1)

    def query(self, **changes: object) -> str:
        """The query string of this search, or of a changed one; always in the same order."""
        return urlencode(self.pairs(**changes))

    def pairs(self, **changes: object) -> list[tuple[str, object]]:
        """The same as names and values."""

        def asked(name: str) -> Any:
            return changes[name] if name in changes else getattr(self, name)

        more, page = asked("more"), asked("page")
        pairs = [
            ("q", asked("q")),
            ("where", asked("where")),
            ("miles", asked("miles") if asked("miles") != DEFAULT_MILES else ""),
            *((PARAMETER_OF[f], v) for f, values in _ordered(asked("chosen")) for v in values),
            ("pay", asked("pay")),
            ("days", asked("days")),
            ("new", "1" if asked("new") else ""),
            ("fit", asked("fit")),
            ("as", asked("reading")),
            ("hidden", "show" if asked("hidden") else ""),
            ("sort", asked("sort")),
            ("page", page if page > 1 else ""),
            ("more", PARAMETER_OF[more] if more else ""),
            ("find", asked("find")),
            ("explain", "1" if asked("explain") else ""),
        ]
        return [(name, value) for name, value in pairs if value]


def _ordered(
    chosen: Mapping[Facet, tuple[str, ...]],
) -> Iterable[tuple[Facet, tuple[str, ...]]]:
    """In the order of ``PARAMETERS``, whatever the address had."""
    if len(chosen) < 2:
        return chosen.items()
    return [(facet, chosen[facet]) for facet in PARAMETER_OF if facet in chosen]


def unknown_note(facet: Facet, typed: str) -> str:
    return f"We know no {NOUNS[facet]} “{typed[:40]}”, so it was left out."


def city_name(slug: str) -> str:
    """ "des-moines-ia" → "Des Moines, IA" """
    city, _, state = slug.rpartition("-")
    words = " ".join(word.capitalize() for word in city.split("-"))
    return f"{words}, {state.upper()}" if words else slug
