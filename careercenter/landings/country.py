"""The map of the states: one square tile for each, about where the state lies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from careercenter.listings.asking import REMOTE
from careercenter.listings.criteria import Criteria
from careercenter.listings.index import NOT_STATED, Facet
from careercenter.taxonomy.vocabularies import STATES

# Eleven columns; a dot is empty. Territories far off are in the table alone.
GRID = """
AK .  .  .  .  .  .  .  .  .  ME
.  .  .  .  .  .  .  .  .  VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT .
CA UT CO NE MO KY WV VA MD DE .
.  AZ NM KS AR TN NC SC DC .  .
.  .  .  OK LA MS AL GA .  .  .
HI .  .  TX .  .  .  .  FL PR VI
"""
POSITIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        code: (x, y)
        for y, line in enumerate(GRID.strip().splitlines())
        for x, code in enumerate(line.split())
        if code != "."
    }
)
CLASSES = 5


@dataclass(frozen=True, slots=True)
class View:
    """One question that the map answers. ``criteria`` is the search of a tile, but its state."""

    key: str  # as in the address
    title: str
    tab: str
    says: str  # what a state's count says
    settings: frozenset[str]
    criteria: Criteria

    def query(self, state: str) -> str:
        chosen = {**self.criteria.chosen, Facet.STATE: (state,)}
        return self.criteria.query(chosen=chosen)


@dataclass(frozen=True, slots=True)
class State:
    """A line of the table and, where it has a place there, a tile of the map."""

    code: str
    name: str
    count: int
    level: int  # 0 for none, up to CLASSES
    query: str
    x: int | None  # in tiles, from the left and from the top
    y: int | None

    @property
    def words(self) -> str:
        """ "Texas: 1,204 jobs" """
        return f"{self.name}: {self.count:,} {'job' if self.count == 1 else 'jobs'}"


@dataclass(frozen=True, slots=True)
class CountryMap:
    tiles: tuple[State, ...]  # row by row
    rows: tuple[State, ...]  # the most first; those without a tile only if they have any
    legend: tuple[tuple[int, str], ...]  # level, counts in words
    silent: int  # listings that name no state
    silent_query: str


ON_SITE = View(
    key="on-site",
    title="Where on-site and hybrid coding work is",
    tab="On site and hybrid",
    says="Jobs done at a place in the state, all days or some.",
    settings=frozenset({"onsite", "hybrid"}),
    criteria=Criteria(chosen={Facet.SETTING: ("onsite", "hybrid")}),
)
REMOTE_VIEW = View(
    key="remote",
    title="Which states remote coding jobs allow",
    tab="Remote",
    says="Remote jobs that people who live in the state may do.",
    settings=REMOTE,
    criteria=Criteria(where="remote"),
)
VIEWS: Mapping[str, View] = MappingProxyType({view.key: view for view in (ON_SITE, REMOTE_VIEW)})


def draw(counts: Mapping[str, int], view: View) -> CountryMap:
    """``counts``: listings by the state's code, or NOT_STATED."""
    classes = classes_of(n for code, n in counts.items() if code != NOT_STATED)
    states = [_state(code, counts.get(code, 0), classes, view) for code in STATES]
    tiles = [state for state in states if state.x is not None]
    return CountryMap(
        tiles=tuple(sorted(tiles, key=lambda state: (state.y, state.x))),
        rows=tuple(
            sorted(
                (state for state in states if state.count or state.x is not None),
                key=lambda state: (-state.count, state.name),
            )
        ),
        legend=((0, "none"), *((n, _span(low, high)) for n, (low, high) in enumerate(classes, 1))),
        silent=counts.get(NOT_STATED, 0),
        silent_query=view.query(NOT_STATED),
    )


def classes_of(counts: Iterable[int]) -> list[tuple[int, int]]:
    """At most five spans, lowest first, that hold about as many different counts each."""
    values = sorted({count for count in counts if count})
    number = min(CLASSES, len(values))
    edges = [len(values) * n // number for n in range(number + 1)] if number else [0]
    return [(values[start], values[end - 1]) for start, end in pairwise(edges)]


def _state(code: str, count: int, classes: list[tuple[int, int]], view: View) -> State:
    level = sum(1 for low, _ in classes if count >= low)
    x, y = POSITIONS.get(code, (None, None))
    return State(code, STATES[code].name, count, level, view.query(code), x, y)


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
