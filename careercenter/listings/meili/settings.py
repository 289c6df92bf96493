"""The settings of an index, made from the rules that the embedded engine follows too."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from careercenter.listings.index import SETTINGS, Facet, Settings
from careercenter.listings.meili.documents import DISPLAYED, NUMBERS, SORTABLE, facet_name
from careercenter.listings.meili.text import synonyms_of

MOST_VALUES = 10_000  # of a facet: what is counted is counted whole
CUTOFF_MS = 500  # after which a search answers with what it has

# Nothing is indexed anew for these; for all others a fresh index is filled.
CHEAP = frozenset(
    {
        "displayedAttributes",
        "faceting",
        "pagination",
        "rankingRules",
        "searchCutoffMs",
        "synonyms",
    }
)
_MATCHING = ("sort", "words", "typo", "attributeRank")
_IN_ORDER = frozenset({"searchableAttributes", "rankingRules"})


def index_settings(
    settings: Settings = SETTINGS, synonyms: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, Any]:
    """For PATCH /indexes/{uid}/settings. ``synonyms``: those in place of the settings' own.

    Stop words and dictionary are empty since texts come cut, see ``text``. No rule for featured
    listings: they stand apart. ``_geo`` must be plain text: in a pattern it is not known for a
    place.
    """
    return {
        "searchableAttributes": list(settings.searchable),
        "displayedAttributes": list(DISPLAYED),
        "filterableAttributes": [
            _filterable([facet_name(facet) for facet in Facet], compared=False),
            _filterable(list(NUMBERS), compared=True),
            "_geo",
        ],
        "sortableAttributes": list(SORTABLE),
        "rankingRules": [*_MATCHING, "quality:desc", "posted_day:desc", "id:desc"],
        "stopWords": [],
        "dictionary": [],
        "separatorTokens": [],
        "nonSeparatorTokens": [],
        "synonyms": synonyms_of(settings.synonyms if synonyms is None else synonyms),
        "typoTolerance": _typo_tolerance(settings),
        "proximityPrecision": "byWord",  # or phrases would match words that are far apart
        "faceting": {"maxValuesPerFacet": MOST_VALUES, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": 1_000_000},
        "searchCutoffMs": CUTOFF_MS,
        "facetSearch": False,
        "prefixSearch": "indexingTime",
        "localizedAttributes": [{"attributePatterns": ["*"], "locales": ["eng"]}],
    }


def differences(wanted: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """The wanted settings that an index does not have; what is not wanted may be anything."""
    return {
        name: value
        for name, value in wanted.items()
        if _plain(name, value) != _plain(name, _wanted_part(name, held.get(name), value))
    }


def fingerprint(*settings: Mapping[str, Any]) -> str:
    """The same for settings that say the same."""
    plain = [{name: _plain(name, value) for name, value in one.items()} for one in settings]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def _typo_tolerance(settings: Settings) -> dict[str, Any]:
    return {
        "enabled": True,
        "minWordSizeForTypos": {"oneTypo": settings.one_typo, "twoTypos": settings.two_typos},
        "disableOnNumbers": True,
        "disableOnWords": sorted(settings.exact_words),
        "disableOnAttributes": sorted(settings.exact_attributes),
    }


def _filterable(names: list[str], *, compared: bool) -> dict[str, Any]:
    allowed = {"equality": True, "comparison": compared}
    return {"attributePatterns": names, "features": {"facetSearch": False, "filter": allowed}}


def _wanted_part(name: str, held: Any, wanted: Any) -> Any:
    """Of a group of settings those that are wanted. Synonyms are no group."""
    if name != "synonyms" and isinstance(held, dict) and isinstance(wanted, dict):
        return {key: held.get(key) for key in wanted}
    return held


def _plain(name: str, value: Any) -> Any:
    """A form in which only what means something differs."""
    if name == "filterableAttributes":
        return _by_attribute(value or [])
    if isinstance(value, dict):
        return {key: _plain(key, one) for key, one in sorted(value.items())}
    if isinstance(value, list) and name not in _IN_ORDER:
        return sorted(value, key=str)
    return value


def _by_attribute(rules: list[Any]) -> dict[str, Any]:
    found = {}
    for rule in rules:
        if isinstance(rule, str):
            found[rule] = "everything"
        else:
            features = json.dumps(rule.get("features"), sort_keys=True)
            found |= dict.fromkeys(rule["attributePatterns"], features)
    return found
