"""What the index holds of a posting."""

from decimal import Decimal

import pytest

from careercenter.listings import feed
from careercenter.listings.documents import ANYWHERE, listing_document
from careercenter.listings.index import NOT_STATED, SETTINGS, Facet
from careercenter.postings.models import Apprentice, Place
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement
from tests.factories import make_posting

WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)


def facets(session, **details):
    return listing_document(make_posting(session, **details)).facets


def test_every_searchable_attribute_has_a_text(session):
    assert set(listing_document(make_posting(session)).texts) == set(SETTINGS.searchable)


def test_credentials_are_found_by_their_letters_and_their_names(session):
    words = listing_document(make_posting(session)).texts["credentials"]
    assert "CPC; Certified Professional Coder" in words
    assert "CUC" in words, "what is preferred is found by words"


def test_the_credential_facet_holds_every_alternative_and_nothing_that_is_only_preferred(session):
    groups = ((Alternative("cpc"), Alternative("ccs-p")), (Alternative("crc", 6),))
    found = facets(session, required=Requirement(groups), preferred=("cuc",))
    assert found[Facet.CREDENTIAL] == ("cpc", "ccs-p", "crc")


def test_a_specialty_brings_the_wider_ones(session):
    found = facets(session, specialties=("electrophysiology",))
    assert found[Facet.SPECIALTY] == ("electrophysiology", "cardiology")


def test_other_spellings_are_keywords(session):
    keywords = listing_document(make_posting(session, coding_types=("risk-adjustment",))).texts
    assert "HCC" in keywords["keywords"]


@pytest.mark.parametrize(
    ("setting", "place", "states", "expected"),
    [
        ("onsite", WATERLOO, (), ("IA",)),
        ("hybrid", WATERLOO, ("TX",), ("IA",)),
        ("remote-us", Place(), (), ANYWHERE),
        ("remote-us", Place(), ("IA", "TX"), ("IA", "TX")),
        ("remote-listed-states", Place(), ("KS",), ("KS",)),
        ("remote-listed-states", Place(), (), (NOT_STATED,)),
        ("remote-in-state", WATERLOO, (), ("IA",)),
        ("onsite", Place(), (), (NOT_STATED,)),
        ("offshore", Place(), (), (NOT_STATED,)),
    ],
)
def test_the_states_follow_from_the_setting(session, setting, place, states, expected):
    assert facets(session, setting=setting, place=place, states=states)[Facet.STATE] == expected


def test_anywhere_is_the_fifty_states_and_dc():
    assert (len(ANYWHERE), "DC" in ANYWHERE, "PR" in ANYWHERE) == (51, True, False)


def test_only_work_at_a_place_has_a_point(session):
    onsite = make_posting(session, setting="onsite", place=WATERLOO, states=())
    remote = make_posting(session, setting="remote-in-state", place=WATERLOO, states=("IA",))
    assert listing_document(onsite).points == ((42.47, -92.35),)
    assert listing_document(remote).points == ()


def test_pay_is_by_the_hour(session):
    document = listing_document(make_posting(session, pay=Pay("year", 5_200_000, 6_240_000)))
    assert (document.pay_min, document.pay_max) == (2500, 3000)


def test_quality_counts_what_helps_to_decide(session):
    good = make_posting(session, states=("IA",), description="word " * 200)
    poor = make_posting(
        session,
        description="Short.",
        specialties=(),
        apprentice=Apprentice.CASE_BY_CASE,
        pay=Pay("hour", 1500, 4000),
    )
    assert (listing_document(good).quality, listing_document(poor).quality) == (5, 1)


def test_a_slug_that_left_the_vocabulary_does_no_harm(session):
    posting = make_posting(
        session, role="wizard", specialties=("alchemy",), coding_types=("runes",), setting="moon"
    )
    document = listing_document(posting)
    assert document.facets[Facet.ROLE] == ("wizard",)
    assert document.facets[Facet.SPECIALTY] == ("alchemy",)


def test_what_was_never_published_is_no_listing(session):
    posting = make_posting(session)
    posting.published_at = None
    with pytest.raises(ValueError, match="published"):
        listing_document(posting)


def test_rows_and_objects_give_the_same_document(session):
    posting = make_posting(
        session,
        setting="remote-near-site",
        place=WATERLOO,
        pay=Pay("per-chart", 92, 110, Decimal(30), 1500),
        required=Requirement(((Alternative("cpc"),), (Alternative("cpc"), Alternative("crc", 6)))),
    )
    assert list(feed.documents(session, [posting.id])) == [listing_document(posting)]
