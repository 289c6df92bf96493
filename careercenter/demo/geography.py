"""Towns that exist: rows of the ZIP table."""

import gzip
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from random import Random

from careercenter.postings.models import Place
from careercenter.taxonomy.loading import DATA
from careercenter.taxonomy.pay_bands import STATE_FACTORS
from careercenter.taxonomy.vocabularies import STATES, WORK_SETTINGS

HOME_STATES = tuple(sorted(STATE_FACTORS))  # the states and the District of Columbia
FEWEST_ZIPS = 4  # of a town in which somebody would hire
WITHOUT_PLACE = frozenset({"remote-us", "remote-listed-states"})


@lru_cache
def towns() -> tuple[Place, ...]:
    """One place for each ZIP code of a town of some size."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    _, *lines = gzip.decompress((DATA / "zip.tsv.gz").read_bytes()).decode().splitlines()
    for line in lines:
        code, city, state, latitude, longitude = line.split("\t")
        if state in STATE_FACTORS:
            place = Place(city, state, code, float(latitude), float(longitude))
            found[state, city].append(place)
    return tuple(place for zips in found.values() if len(zips) >= FEWEST_ZIPS for place in zips)


@lru_cache
def towns_of() -> Mapping[str, tuple[Place, ...]]:
    """The same by state."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in towns():
        found[place.state].append(place)
    return {state: tuple(places) for state, places in found.items()}


def near(rng: Random, home: Place) -> Place:
    """Mostly the town itself; sometimes another one of the state."""
    return home if rng.random() < 0.7 else rng.choice(towns_of().get(home.state, (home,)))


def where(rng: Random, setting: str, home: Place) -> tuple[Place, tuple[str, ...]]:
    """The place of work, empty where there is none, and the states one may live in."""
    place = Place() if setting in WITHOUT_PLACE else near(rng, home)
    if setting == "remote-us" or not WORK_SETTINGS[setting].needs_state_list:
        return place, ()  # nothing to list
    if setting == "remote-listed-states":
        return place, tuple(sorted({home.state, *rng.sample(HOME_STATES, rng.randint(4, 28))}))
    if setting == "remote-after-training":
        around = [s for s in HOME_STATES if STATES[s].region == STATES[home.state].region]
        return place, tuple(sorted({home.state, *rng.sample(around, 3)}))
    return place, (home.state,)
