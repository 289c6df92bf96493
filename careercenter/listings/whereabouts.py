"""What a visitor means by "where"."""

import re
from dataclasses import dataclass, replace

from careercenter.listings.criteria import Criteria
from careercenter.listings.index import Near
from careercenter.taxonomy.place_names import state_codes
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.vocabularies import STATES

MOST_PLACES = 5
_REMOTE = re.compile(r"(?:remote|wfh|work from home|anywhere)(?:\s*[,:]\s*|\s+(?:in|from)?\s*|$)")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Circles, states, remote work, or remote work from states; or nothing, and why."""

    labels: tuple[str, ...] = ()  # "Waterloo, IA" or "Iowa"
    near: tuple[Near, ...] = ()
    states: tuple[str, ...] = ()  # codes
    remote: bool = False
    note: str = ""

    @property
    def label(self) -> str:
        return " or ".join(self.labels)

    def words(self, miles: int) -> str:
        """ "Within 25 miles of Waterloo, IA"; empty where nothing was asked."""
        if self.near:
            return f"Within {miles:,} miles of {self.label}"
        if self.states:
            return f"{'Remote jobs' if self.remote else 'Jobs'} open to people in {self.label}"
        return "Remote jobs" if self.remote else ""

    @property
    def heading(self) -> str:
        kind = "Remote medical coding jobs" if self.remote else "Medical coding jobs"
        if self.near:
            return f"{kind} near {self.label}"
        return f"{kind} open to people in {self.label}" if self.states else kind

    @property
    def nearby(self) -> str:
        """Beside a circle: the query string of remote work that somebody there may do."""
        state = self.labels[0].rpartition(", ")[2] if self.labels else ""
        return Criteria(where=f"Remote, {state}").query() if self.near else ""


def understand(where: str, miles: int, places: Places) -> Whereabouts:
    """ "50701", "Waterloo, IA", "Iowa", "IA", "remote", "remote in Iowa"; several parted by ";".

    Circles and states narrow differently: where both are named, the first named kind stands.
    """
    parts = [part.strip() for part in where.split(";") if part.strip()][:MOST_PLACES]
    if len(parts) < 2:
        return _one(where.strip(), miles, places)
    found = [_one(part, miles, places) for part in parts]
    kind = next((bool(one.near) for one in found if one.near or one.states), False)
    alike = [one for one in found if one.labels and bool(one.near) is kind]
    notes = [one.note for one in found]
    if any(one.labels and one not in alike for one in found):
        notes.append("Places and states can’t be asked for together, so only the first kind was.")
    return Whereabouts(
        labels=tuple(dict.fromkeys(label for one in alike for label in one.labels)),
        near=tuple(dict.fromkeys(circle for one in alike for circle in one.near)),
        states=tuple(dict.fromkeys(state for one in alike for state in one.states)),
        remote=any(one.remote for one in found),
        note=" ".join(filter(None, notes)),
    )


def _one(where: str, miles: int, places: Places) -> Whereabouts:
    typed = where.lower()
    if found := _REMOTE.match(typed):
        rest = typed[found.end() :].strip()
        state = _state(rest)
        return replace(state, remote=True, note="" if state.states else _lost(rest))
    if len(typed) == 2 and (state := _state(typed)).states:
        return state
    place = places.resolve(where) if where else None
    if place is not None:
        return Whereabouts((place.label,), (Near(place.latitude, place.longitude, miles),))
    state = _state(typed)
    return state if state.states else Whereabouts(note=_lost(where))


def _state(typed: str) -> Whereabouts:
    code = next(iter(state_codes(typed)), "")
    return Whereabouts((STATES[code].name,), states=(code,)) if code else Whereabouts()


def _lost(where: str) -> str:
    return f"We do not know the place “{where[:60]}”, so it was left out." if where else ""
