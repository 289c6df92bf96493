"""Suggestions out of what is live: titles, typos, and what a visitor hid."""

import pytest

from careercenter import clock
from careercenter.listings.criteria import Criteria
from careercenter.listings.models import Visitor
from careercenter.listings.queries import Reference
from careercenter.listings.suggestions import suggest_searches
from careercenter.postings.models import Disclosure
from careercenter.taxonomy.requirements import parse
from tests.factories import make_employer, make_posting
from tests.listings.test_suggestions import labels


def test_titles_are_suggested(suggest, session):
    for title in ("Robotic Surgery Coder", "Robotic Surgery Coder", "Coder, Robotics"):
        make_posting(session, title=title)
    found = [(one.label, one.kind, one.query, one.jobs) for one in suggest("robot")]
    assert found == [
        ("Robotic Surgery Coder", "Title", "q=Robotic+Surgery+Coder", None),
        ("Coder, Robotics", "Title", "q=Coder%2C+Robotics", None),
    ]
    assert labels(suggest("robotic coder")) == ["Robotic Surgery Coder", "Coder, Robotics"]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("cardiolgy", "Cardiology"),
        ("cardilo", "Cardiology"),
        ("profesional", "Professional fee"),
        ("Mercey Hos", "Mercy Hospital"),
        ("robitic", "Robotic Surgery Coder"),
    ],
)
def test_typos_are_forgiven(suggest, session, typed, label):
    employer = make_employer(session, name="Mercy Hospital", slug="mercy-hospital")
    told = {"specialties": ("cardiology",), "coding_types": ("profee",)}
    make_posting(session, employer=employer, title="Robotic Surgery Coder", **told)
    assert label in labels(suggest(typed))


def test_codes_forgive_nothing(suggest, session):
    make_posting(session, title="Coder", required=parse("CPC"))
    assert "CPC" not in labels(suggest("cpx"))
    assert "CPC" not in labels(suggest("ccpc1"))


def test_what_somebody_hid_is_not_suggested_to_them(app, session, listings):
    hidden = make_employer(session, name="Coastal Care", slug="coastal-care")
    make_posting(session, employer=hidden, title="Coastal coder", specialties=("urology",))
    reference = Reference(app.extensions["places"], app.extensions["codes"])
    for typed in ("coas", "costal coder", "uro"):
        asked = (listings, session, Criteria(q=typed), reference, clock.now())
        visitor = Visitor(hidden_employers=frozenset({"coastal-care"}))
        assert suggest_searches(*asked)
        assert suggest_searches(*asked, visitor=visitor) == ()


def test_who_keeps_its_name_back_is_not_suggested(suggest, session):
    employer = make_employer(session, name="Secret Clinic", slug="secret-clinic")
    disclosure = Disclosure(confidential=True)
    make_posting(session, employer=employer, title="Secret coder", disclosure=disclosure)
    assert {one.kind for one in suggest("secret")} == {"Title"}
