"""The settings of an index: what they are by default, and which are refused."""

import copy
import re

from tests.contract.standin.errors import Refused

DEFAULTS = {
    "displayedAttributes": ["*"],
    "searchableAttributes": ["*"],
    "filterableAttributes": [],
    "sortableAttributes": [],
    "foreignKeys": [],
    "rankingRules": [
        "words",
        "typo",
        "proximity",
        "attributeRank",
        "sort",
        "wordPosition",
        "exactness",
    ],
    "stopWords": [],
    "nonSeparatorTokens": [],
    "separatorTokens": [],
    "dictionary": [],
    "synonyms": {},
    "distinctAttribute": None,
    "proximityPrecision": "byWord",
    "typoTolerance": {
        "enabled": True,
        "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9},
        "disableOnWords": [],
        "disableOnAttributes": [],
        "disableOnNumbers": False,
    },
    "faceting": {"maxValuesPerFacet": 100, "sortFacetValuesBy": {"*": "alpha"}},
    "pagination": {"maxTotalHits": 1000},
    "embedders": {},
    "searchCutoffMs": None,
    "localizedAttributes": None,
    "facetSearch": True,
    "prefixSearch": "indexingTime",
    "chat": {},
}
_NESTED = {"typoTolerance", "faceting", "pagination"}
_SETS = {"stopWords", "dictionary", "sortableAttributes", "nonSeparatorTokens", "separatorTokens"}
_CHOICES = {
    "prefixSearch": ("indexingTime", "disabled"),
    "proximityPrecision": ("byWord", "byAttribute"),
}
_RULE = re.compile(r"[^:]+:(asc|desc)")
RULES = {
    "words",
    "typo",
    "proximity",
    "attribute",
    "attributeRank",
    "wordPosition",
    "sort",
    "exactness",
}


def defaults():
    return copy.deepcopy(DEFAULTS)


def changed(settings, patch):
    """The settings with those of the patch; null puts a default back. Raises ``Refused``."""
    new = copy.deepcopy(settings)
    for name, value in patch.items():
        _check(name, value)
        if value is None:
            new[name] = copy.deepcopy(DEFAULTS[name])
        elif name in _NESTED:
            _merge(new[name], value, DEFAULTS[name])
        else:
            new[name] = sorted(set(value)) if name in _SETS else copy.deepcopy(value)
    least = new["typoTolerance"]["minWordSizeForTypos"]
    if not 0 <= least["oneTypo"] <= least["twoTypos"] <= 255:
        _refuse("typoTolerance", "`oneTypo` must not be greater than `twoTypos`")
    return new


def _merge(settings, patch, standard):
    for name, value in patch.items():
        if value is None:
            settings[name] = copy.deepcopy(standard[name])
        elif isinstance(settings[name], dict):
            settings[name] = settings[name] | value
        else:
            settings[name] = sorted(value) if isinstance(value, list) else value
    if "sortFacetValuesBy" in settings:
        settings["sortFacetValuesBy"] = {"*": "alpha"} | settings["sortFacetValuesBy"]


def _check(name, value):
    if name not in DEFAULTS:
        known = ", ".join(f"`{one}`" for one in DEFAULTS)
        raise Refused("bad_request", f"Unknown field `{name}`: expected one of {known}")
    if value is None:
        return
    standard = DEFAULTS[name]
    if standard is not None and not isinstance(value, type(standard)):
        _refuse(name, f"expected {type(standard).__name__}, found {value!r}")
    if name in _NESTED and (odd := value.keys() - standard.keys()):
        raise Refused("bad_request", f"Unknown field `{min(odd)}` inside `.{name}`")
    if name in _CHOICES and value not in _CHOICES[name]:
        _refuse(name, f"unknown value `{value}`")
    _CHECKS.get(name, lambda value: None)(value)


def _check_synonyms(synonyms):
    for term, others in synonyms.items():
        if not isinstance(others, list) or not all(isinstance(one, str) for one in others):
            _refuse("synonyms", f"expected a list of texts at `.{term}`")


def _check_rules(rules):
    for rule in rules:
        if rule not in RULES and not _RULE.fullmatch(rule):
            _refuse("rankingRules", f"`{rule}` ranking rule is invalid")
    if "attribute" in rules and {"attributeRank", "wordPosition"} & set(rules):
        _refuse("rankingRules", "`attribute` cannot be combined with its parts")


def _check_filterable(rules):
    for rule in rules:
        if isinstance(rule, str):
            continue
        if not isinstance(rule, dict) or rule.keys() - {"attributePatterns", "features"}:
            _refuse("filterableAttributes", f"unknown rule {rule!r}")
        if not rule.get("attributePatterns"):
            _refuse("filterableAttributes", "missing field `attributePatterns`")
        features = rule.get("features") or {}
        if features.keys() - {"facetSearch", "filter"}:
            _refuse("filterableAttributes", f"unknown features {features!r}")
        if (features.get("filter") or {}).keys() - {"equality", "comparison"}:
            _refuse("filterableAttributes", f"unknown filter {features!r}")


def _refuse(name, message):
    words = re.sub(r"(?=[A-Z])", "_", name).lower()
    raise Refused(f"invalid_settings_{words}", f"Invalid value at `.{name}`: {message}.")


_CHECKS = {
    "rankingRules": _check_rules,
    "synonyms": _check_synonyms,
    "filterableAttributes": _check_filterable,
}
