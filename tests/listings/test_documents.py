"""What the index holds of a posting."""

from decimal import Decimal

import pytest

from careercenter.employers.models import Delivery
from careercenter.listings import feed
from careercenter.listings.documents import ANYWHERE, listing_document
from careercenter.listings.index import NOT_STATED, SETTINGS, Facet
from careercenter.postings.models import Apprentice, CodingTest, Conditions, Equipment, Place
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement
from tests.factories import make_employer, make_posting

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


def test_conditions_are_facets_and_what_is_not_said_has_no_value(session):
    said = Conditions("mid", 3, "days", Equipment.PROVIDED, CodingTest.PAID)
    found = facets(session, conditions=said, software=("epic",), code_sets=("hedis",))
    assert found[Facet.EXPERIENCE] == ("mid",)
    assert found[Facet.SHIFT] == ("days",)
    assert found[Facet.EQUIPMENT] == ("provided",)
    assert found[Facet.CODING_TEST] == ("yes-paid",)
    assert found[Facet.SOFTWARE] == ("epic",)
    assert "hedis" in found[Facet.CODE_SET]
    silent = facets(session)
    for facet in (Facet.EXPERIENCE, Facet.SHIFT, Facet.EQUIPMENT, Facet.CODING_TEST):
        assert silent[facet] == ()


def test_a_coding_type_brings_its_code_sets(session):
    assert "icd-10-pcs" in facets(session, coding_types=("facility-inpatient",))[Facet.CODE_SET]


def test_the_city_is_a_facet_of_work_tied_to_a_place(session):
    assert facets(session, setting="onsite", place=WATERLOO)[Facet.CITY] == ("waterloo-ia",)
    assert facets(session, setting="remote-us", place=WATERLOO)[Facet.CITY] == ()


def test_the_employer_is_a_facet_and_so_is_what_it_is(session):
    vendor = make_employer(
        session, kind="coding-vendor", direct=False, delivery=Delivery.ONSHORE, slug="codeco"
    )
    found = listing_document(make_posting(session, employer=vendor)).facets
    assert found[Facet.EMPLOYER] == ("codeco",)
    assert found[Facet.EMPLOYER_KIND] == ("coding-vendor",)
    assert (found[Facet.DIRECT], found[Facet.DELIVERY]) == (("no",), ("onshore",))


@pytest.mark.parametrize(
    ("top", "band"),
    [(1200, "15"), (1999, "15"), (2000, "20"), (3499, "30"), (7500, "75"), (20_000, "75")],
)
def test_the_top_of_the_pay_lies_in_one_band(session, top, band):
    assert facets(session, pay=Pay("hour", 1100, top))[Facet.PAY_BAND] == (band,)


def test_years_asked_for_in_a_topic_are_told_apart(session):
    some = make_posting(session, conditions=Conditions(years=2), years_in={"urology": 3})
    assert listing_document(some).years == 2
    asked = listing_document(some).facets[Facet.YEARS_IN]
    assert asked == ("urology-1", "urology-2", "urology-3")
    assert listing_document(make_posting(session)).years == 0


def test_what_the_feed_reads_of_conditions_is_what_the_posting_says(session, now):
    posting = make_posting(
        session,
        conditions=Conditions("senior", 5, "nights", Equipment.OWN, CodingTest.NONE),
        years_in={"urology": 2, "profee": 1},
        software=("meditech", "epic"),
        code_sets=("hcc-v28",),
        required=Requirement(((Alternative("cpc"),), (Alternative("crc", 6),))),
    )
    assert list(feed.documents(session, [posting.id])) == [listing_document(posting)]
