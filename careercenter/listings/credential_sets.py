"""Which sets of credentials meet a posting's requirement: what "jobs I qualify for" filters by."""

from functools import lru_cache
from typing import NamedTuple

from careercenter.listings.index import credential_set
from careercenter.taxonomy.requirements import Alternative, Group, Requirement, fit_keys
from careercenter.taxonomy.vocabularies import CREDENTIALS

APPRENTICE_OF = {slug: c.apprentice_of for slug, c in CREDENTIALS.items() if c.apprentice_of}


class CredentialSets(NamedTuple):
    """Values of the facets FIT, NEARLY and LANE."""

    fit: tuple[str, ...]
    nearly: tuple[str, ...]
    lane: tuple[str, ...]


@lru_cache(maxsize=8192)
def credential_sets(requirement: Requirement, apprentices_welcome: bool) -> CredentialSets:
    """What must be held on the day of the hire. The lane is open to apprentices where welcome."""
    fit = fit_keys(requirement, today=True)
    nearly = {key - {credential} for key in fit for credential in key} - fit
    lane: frozenset[frozenset[str]] = frozenset()
    if apprentices_welcome:
        lane = fit_keys(Requirement(tuple(map(_eased, requirement.groups))), today=True)
    return CredentialSets(_values(fit), _values(nearly), _values(lane))


def _eased(group: Group) -> Group:
    """The group, with the apprentice's version of each credential beside it."""
    asked = {alternative.credential: alternative.within_months for alternative in group}
    eased = (
        Alternative(slug, asked[full]) for slug, full in APPRENTICE_OF.items() if full in asked
    )
    return (*group, *eased)


def _values(keys: frozenset[frozenset[str]] | set[frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(map(credential_set, keys)))
