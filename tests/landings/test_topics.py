"""Slugs, pairs and headings."""

from collections import Counter

import pytest

from careercenter.errors import NotFound
from careercenter.landings.topics import (
    ORDER,
    TOPICS,
    find_topics,
    heading,
    landing_url,
    pairs,
    topic_of,
)
from careercenter.listings.index import Facet
from careercenter.taxonomy.vocabularies import CODING_TYPES, SPECIALTIES

ADDRESSES = {  # addresses that search engines know; a new word in a vocabulary never takes one
    "apprentice": (Facet.APPRENTICE, "yes"),
    "cpc": (Facet.CREDENTIAL, "cpc"),
    "ccs-p": (Facet.CREDENTIAL, "ccs-p"),
    "rac-ct": (Facet.CREDENTIAL, "rac-ct"),  # reads like a city of Connecticut
    "home-health": (Facet.SPECIALTY, "home-health"),  # and a coding type
    "dental": (Facet.SPECIALTY, "dental"),  # and a coding type of that name
    "urology": (Facet.SPECIALTY, "urology"),
    "coding-auditor": (Facet.ROLE, "coding-auditor"),
    "risk-adjustment": (Facet.CODING_TYPE, "risk-adjustment"),
    "hybrid": (Facet.SETTING, "hybrid"),
    "new-york": (Facet.STATE, "NY"),
    "district-of-columbia": (Facet.STATE, "DC"),
    "new-york-ny": (Facet.CITY, "new-york-ny"),
    "des-moines-ia": (Facet.CITY, "des-moines-ia"),
}
HEADINGS = {
    ("cpc",): "Medical coding jobs that accept the CPC",
    ("urology", "remote"): "Remote urology coding jobs",
    ("em-leveling", "hybrid"): "Hybrid E/M leveling coding jobs",
    ("urology", "texas"): "Urology coding jobs open to people in Texas",
    ("cpc", "texas"): "Medical coding jobs that accept the CPC, open to people in Texas",
    ("remote", "iowa"): "Remote medical coding jobs open to people in Iowa",
    ("coder", "district-of-columbia"): "Medical coder jobs open to people in the District of "
    "Columbia",
    ("apprentice", "remote"): "Remote medical coding jobs that welcome apprentices",
    ("ccs", "des-moines-ia"): "Medical coding jobs in Des Moines, IA that accept the CCS",
    ("onsite",): "On-site medical coding jobs",
    ("remote-near-site",): "Medical coding jobs, remote, near the site",
}


@pytest.mark.parametrize(("slug", "meant"), ADDRESSES.items())
def test_a_slug_means_one_thing(slug, meant, places):
    (topic,) = find_topics([slug], places)
    assert (topic.slug, topic.facet, topic.values[0]) == (slug, *meant)


def test_no_two_topics_share_a_slug_or_a_heading():
    said = Counter(heading((topic,)) for topic in TOPICS.values())
    assert [words for words, times in said.items() if times > 1] == []
    assert all(slug == topic.slug == slug.lower() for slug, topic in TOPICS.items())


def test_of_two_that_collide_the_first_facet_has_the_page(places):
    assert topic_of(Facet.SPECIALTY, "home-health", places) is TOPICS["home-health"]
    assert topic_of(Facet.CODING_TYPE, "home-health", places) is None
    assert topic_of(Facet.CODING_TYPE, "dental-claims", places) is None


def test_all_of_the_trade_has_a_page(places):
    for facet, words in ((Facet.SPECIALTY, SPECIALTIES), (Facet.CODING_TYPE, CODING_TYPES)):
        without = [slug for slug in words if topic_of(facet, slug, places) is None]
        assert without == ([] if facet is Facet.SPECIALTY else ["home-health", "dental-claims"])


@pytest.mark.parametrize(("slugs", "said"), HEADINGS.items())
def test_a_heading_is_plain_words(slugs, said, places):
    assert heading(find_topics(slugs, places)) == said


def test_the_order_of_a_pair_is_fixed(places):
    for slugs in (("texas", "cpc"), ("cpc", "texas")):
        assert landing_url(find_topics(slugs, places)) == "/jobs/for/cpc/texas"


@pytest.mark.parametrize(
    "slugs",
    [("cpc", "cpc"), ("cpc", "urology"), ("texas", "iowa"), ("iowa", "des-moines-ia"),
     ("remote", "des-moines-ia"), ("nonsense",), ("nowhere-ia",), ("ia",), ("-ia",), ("cpc", "x"),
     ("armed-forces-pacific",), ("a" * 300,)],
)  # fmt: skip
def test_what_is_no_topic_and_no_pair_is_not_found(slugs, places):
    with pytest.raises(NotFound):
        find_topics(slugs, places)


def test_every_pair_has_one_order():
    samples = {topic.facet: topic for topic in TOPICS.values()}
    for first in samples.values():
        for second in samples.values():
            assert not (pairs(first, second) and pairs(second, first))
            if pairs(first, second):
                assert ORDER.index(first.facet) < ORDER.index(second.facet)


def test_old_names_and_other_spellings_lead_to_the_slug(places):
    for typed, slug in (("ctr", "ods-c"), ("CPC", "cpc"), ("st-louis-mo", "saint-louis-mo")):
        assert landing_url(find_topics([typed], places)) == f"/jobs/for/{slug}"
