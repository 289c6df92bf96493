"""The settings of an index."""

from dataclasses import replace

import pytest

from careercenter.listings.index import SETTINGS, Facet
from careercenter.listings.meili.documents import DISPLAYED, bookmark_bytes, facet_name
from careercenter.listings.meili.settings import (
    CHEAP,
    differences,
    fingerprint,
    index_settings,
)
from tests.contract.standin.filters import Rules
from tests.contract.standin.settings import changed, defaults

WANTED = index_settings()


@pytest.fixture
def held():
    """As a server tells them."""
    return changed(defaults(), WANTED)


def test_they_are_made_from_the_rules_of_the_embedded_engine():
    other = index_settings(
        replace(SETTINGS, searchable=("title",), exact_words=frozenset({"b", "a"}), one_typo=4)
    )
    assert other["searchableAttributes"] == ["title"]
    assert other["typoTolerance"]["disableOnWords"] == ["a", "b"]
    assert other["typoTolerance"]["minWordSizeForTypos"]["oneTypo"] == 4


def test_staff_may_teach_other_synonyms():
    assert index_settings(synonyms={"okapi": ("zebra",)})["synonyms"] == {"okapi": ["zebra"]}


def test_every_facet_may_be_filtered_by():
    rules = Rules(WANTED["filterableAttributes"])
    assert all(rules.features(facet_name(facet))["equality"] for facet in Facet)
    assert rules.features("expires")["comparison"]
    assert rules.has_geo(), "as plain text: in a pattern it is not known for a place"


def test_the_order_ends_with_the_id_and_knows_no_featured_ones():
    rules = WANTED["rankingRules"]
    assert rules[0] == "sort"
    assert rules[-3:] == ["quality:desc", "posted_day:desc", "id:desc"]
    assert not {"proximity", "exactness"} & set(rules)


def test_what_orders_is_set_on_the_bookmark_too():
    assert b'"quality": 0' in bookmark_bytes(1, "", "")
    assert b'"posted_day": 0' in bookmark_bytes(1, "", "")
    assert "title" not in DISPLAYED


def test_settings_as_a_server_tells_them_do_not_differ(held):
    assert differences(WANTED, held) == {}
    held["rankingRules"] = [*held["rankingRules"]]
    held["typoTolerance"]["disableOnWords"].reverse()
    held["filterableAttributes"].reverse()
    held["synonyms"] = dict(reversed(held["synonyms"].items()))
    assert differences(WANTED, held) == {}


def test_only_what_differs_is_told(held):
    held["synonyms"] = {}
    held["rankingRules"] = held["rankingRules"][::-1]
    found = differences(WANTED, held)
    assert found == {name: WANTED[name] for name in ("rankingRules", "synonyms")}
    assert found.keys() <= CHEAP


@pytest.mark.parametrize("name", sorted(WANTED.keys() - CHEAP))
def test_each_setting_is_watched(name, held):
    held[name] = defaults()[name] if held[name] != defaults()[name] else ["other"]
    assert list(differences(WANTED, held)) == [name]


def test_a_fingerprint_is_of_what_is_meant(held):
    before = fingerprint(WANTED, held)
    held["filterableAttributes"].reverse()
    assert fingerprint(WANTED, held) == before
    held["searchCutoffMs"] = 1
    assert fingerprint(WANTED, held) != before
