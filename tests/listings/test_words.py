"""Words of the trade in a search: synonyms both ways, and credentials that others begin."""

import pytest

from careercenter.postings.models import Apprentice
from careercenter.taxonomy.requirements import parse
from tests.factories import make_posting
from tests.listings.test_views import titles


def test_synonyms_find_the_same_whichever_is_typed(visitor, session):
    make_posting(session, title="Profee coder", coding_types=("hospice",))
    make_posting(session, title="Professional fee coder", coding_types=("hospice",))
    feels = "A professional who feels at home. " * 5
    make_posting(session, title="Apart", coding_types=("hospice",), description=feels)
    for typed in ("profee", "professional fee", "pro-fee"):
        found = titles(visitor.get("/jobs", query_string={"q": typed}))
        assert sorted(found) == ["Profee coder", "Professional fee coder"], typed


@pytest.mark.parametrize("typed", ["CPC", "certified professional coder", "CPC-A"])
def test_a_credential_is_not_its_apprentices(visitor, session, typed):
    make_posting(session, title="Full", required=parse("CPC"))
    make_posting(session, title="New", required=parse("CPC-A"), apprentice=Apprentice.YES)
    make_posting(session, title="Other", required=parse("CCA"), apprentice=Apprentice.YES)
    found = titles(visitor.get("/jobs", query_string={"q": f'"{typed}"'}))
    assert found == ["New" if typed == "CPC-A" else "Full"]


def test_who_types_a_credential_finds_those_that_name_it(visitor, session):
    make_posting(session, title="New", required=parse("CPC-A"), apprentice=Apprentice.YES)
    make_posting(session, title="Other", required=parse("CCA"), apprentice=Apprentice.YES)
    assert titles(visitor.get("/jobs?q=CPC-A")) == ["New"]
    assert sorted(titles(visitor.get("/jobs?q=apprentice"))) == ["New", "Other"]
