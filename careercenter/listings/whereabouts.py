"""What a visitor means by "where"."""

import re
from dataclasses import dataclass, replace

from careercenter.listings.index import Near
from careercenter.listings.models import Criteria
from careercenter.taxonomy.place_names import state_codes
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.vocabularies import STATES

_REMOTE = re.compile(r"(?:remote|wfh|work from home|anywhere)(?:\s*[,:]\s*|\s+(?:in|from)?\s*|$)")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A circle, a state, remote work, or remote work from a state; or nothing, and why."""

    label: str = ""  # "Waterloo, IA" or "Iowa"
    near: tuple[Near, ...] = ()
    state: str = ""
    remote: bool = False
    note: str = ""

    def words(self, miles: int) -> str:
        """ "Within 25 miles of Waterloo, IA"; empty where nothing was asked."""
        if self.near:
            return f"Within {miles:,} miles of {self.label}"
        if self.state:
            return f"{'Remote jobs' if self.remote else 'Jobs'} open to people in {self.label}"
        return "Remote jobs" if self.remote else ""

    @property
    def heading(self) -> str:
        kind = "Remote medical coding jobs" if self.remote else "Medical coding jobs"
        if self.near:
            return f"{kind} near {self.label}"
        return f"{kind} open to people in {self.label}" if self.state else kind

    @property
    def nearby(self) -> str:
        """Beside a circle: the query string of remote work that somebody there may do."""
        state = self.label.rpartition(", ")[2]
        return Criteria(where=f"Remote, {state}").query() if self.near else ""


def understand(where: str, miles: int, places: Places) -> Whereabouts:
    """ "50701", "Waterloo, IA", "Iowa", "IA", "remote", "remote in Iowa"."""
    typed = where.lower()
    if found := _REMOTE.match(typed):
        rest = typed[found.end() :].strip()
        state = _state(rest)
        return replace(state, remote=True, note="" if state.state else _lost(rest))
    if len(typed) == 2 and (state := _state(typed)).state:
        return state
    place = places.resolve(where) if where else None
    if place is not None:
        return Whereabouts(place.label, (Near(place.latitude, place.longitude, miles),))
    state = _state(typed)
    return state if state.state else Whereabouts(note=_lost(where))


def _state(typed: str) -> Whereabouts:
    code = next(iter(state_codes(typed)), "")
    return Whereabouts(STATES[code].name if code else "", state=code)


def _lost(where: str) -> str:
    return f"We do not know the place “{where[:60]}”, so it was left out." if where else ""
