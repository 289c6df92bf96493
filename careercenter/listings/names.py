"""Names of places, states and terms as the public pages write them."""

from collections.abc import Mapping

from careercenter.listings.documents import ANYWHERE
from careercenter.postings.models import Posting
from careercenter.taxonomy.terms import Term
from careercenter.taxonomy.vocabularies import STATES, WORK_SETTINGS

MOST_NAMES = 6  # of states, before they are only counted

PLACED = {  # the settings that a place belongs to
    "onsite": "{}",
    "hybrid": "Hybrid, {}",
    "remote-near-site": "Remote, near {}",
    "remote-after-training": "Remote after training in {}",
}
UNPLACED = {"remote-listed-states": "Remote"}  # the list stands beside it


def place_words(posting: Posting) -> str:
    """ "Waterloo, IA", "Hybrid, Waterloo, IA and 2 more places", "Remote, anywhere in the US"."""
    place = ", ".join(part for part in (posting.city, posting.state) if part)
    more = len(posting.more_places)
    if more:
        place += f" and {more} more {'place' if more == 1 else 'places'}"
    if place and posting.setting in PLACED:
        return PLACED[posting.setting].format(place)
    return UNPLACED.get(posting.setting) or name_of(posting.setting, WORK_SETTINGS)


def state_names(codes: tuple[str, ...]) -> str:
    """ "Iowa and Texas"; a long list is counted."""
    if len(codes) > MOST_NAMES:
        return "all fifty and DC" if codes == ANYWHERE else f"{len(codes)} states"
    return listed_names(codes)


def name_of(slug: str, vocabulary: Mapping[str, Term]) -> str:
    """As people read it; a slug that left the vocabulary is shown as it is."""
    term = vocabulary.get(slug)
    return term.name if term else slug


def state_name(code: str) -> str:
    state = STATES.get(code)
    return state.name if state else code


def where_open(posting: Posting, codes: tuple[str, ...]) -> str:
    """As it was written: "anywhere in the US except California", or the states that are open."""
    if posting.excluded:
        return f"anywhere in the US except {listed_names(posting.excluded)}"
    return state_names(codes)


def listed_names(codes: tuple[str, ...]) -> str:
    """ "Iowa, Ohio and Texas", however many they are."""
    names = [state_name(code) for code in codes]
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
