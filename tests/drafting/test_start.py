"""Where a posting starts: a role, an earlier posting, a pasted text."""

import pytest
from sqlalchemy import select

from careercenter.checks.models import Step
from careercenter.drafting.models import Draft
from careercenter.drafting.prefill import FIELDS as FIELDS_OF
from careercenter.drafting.starters import TEMPLATES
from careercenter.drafting.writing import FIELDS, NAMES, read, values_of
from careercenter.postings.forms import PostingForm
from careercenter.postings.models import PostingStatus
from careercenter.reading.models import Topic
from tests.factories import make_employer, make_posting
from tests.postings.forms import TODAY
from tests.reading.advertisements import ADVERTISEMENTS


def begin(desk, session, **data: str) -> Draft:
    response = desk.post("/hire/drafts", data=data)
    draft = session.scalars(select(Draft)).one()
    assert response.location == f"/hire/drafts/{draft.id}/role"
    return draft


def test_the_start_offers_every_role(desk):
    page = desk.get("/hire/postings/new").text
    for template in TEMPLATES.values():
        assert template.name in page


@pytest.mark.parametrize("slug", TEMPLATES)
def test_a_template_fills_in_what_is_right(app, slug):
    with app.test_request_context():
        written = read(TEMPLATES[slug].typed, app.extensions["places"], TODAY)
        assert {Step.ROLE, Step.DESCRIPTION} <= written.answered
        empty = read({}, app.extensions["places"], TODAY)
        assert set(written.form.errors) <= set(empty.form.errors)  # it makes nothing wrong
        assert set(TEMPLATES[slug].typed) <= frozenset().union(*FIELDS.values())


def test_a_role_starts_a_draft(desk, session):
    draft = begin(desk, session, origin="template", template="inpatient-coder")
    page = desk.get(f"/hire/drafts/{draft.id}/role").text
    assert 'value="Inpatient coder"' in page
    assert "Found in your text" not in page


@pytest.mark.parametrize("status", [PostingStatus.CLOSED, PostingStatus.REMOVED, "expired"])
def test_an_earlier_posting_is_copied_whatever_became_of_it(desk, session, employer, now, status):
    ended = {"expires_at": now} if status == "expired" else {}
    status = PostingStatus.PUBLISHED if status == "expired" else status
    posting = make_posting(session, status, employer, **ended)
    draft = begin(desk, session, origin="earlier", earlier=str(posting.id))
    assert (draft.posting_id, draft.title) == (None, "Profee coder, urology")
    assert draft.typed["credentials_1"] == ["cpc", "ccs-p"]


def test_another_employers_posting_is_no_start(desk, session):
    posting = make_posting(session, employer=make_employer(session))
    response = desk.post("/hire/drafts", data={"origin": "earlier", "earlier": str(posting.id)})
    assert response.status_code == 422
    assert session.scalars(select(Draft)).all() == []


def test_one_page_may_start_from_an_earlier_posting(desk, session, employer):
    posting = make_posting(session, PostingStatus.CLOSED, employer)
    data = {"origin": "earlier", "earlier": str(posting.id), "page": "whole"}
    page = desk.get(desk.post("/hire/drafts", data=data).location).text
    assert 'value="Profee coder, urology"' in page


@pytest.mark.parametrize("data", [{"origin": "text", "text": "short"}, {"origin": "template"}])
def test_what_cannot_start_a_draft_is_said(desk, session, data):
    response = desk.post("/hire/drafts", data=data)
    assert response.status_code == 422
    assert "There is something to put right" in response.text
    assert session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize("advertisement", ADVERTISEMENTS, ids=lambda a: a.name)
def test_a_pasted_text_fills_the_steps_and_shows_its_words(desk, session, advertisement):
    draft = begin(desk, session, origin="text", text=advertisement.text)
    assert draft.typed["description"] == [advertisement.text]
    for step in Step:
        page = desk.get(f"/hire/drafts/{draft.id}/{step.value}").text
        assert ("Found in your text" in page) == bool(draft.found.keys() & FIELDS[step])
    assert "<q>" in desk.get(f"/hire/drafts/{draft.id}/role").text


def test_bullets_of_a_word_processor_become_a_list(desk, session):
    text = "Inpatient coder\n• Codes DRG\n·\tAnswers queries of the CDI team"
    draft = begin(desk, session, origin="text", text=text)
    assert draft.typed["description"][0].endswith(
        "\n- Codes DRG\n- Answers queries of the CDI team"
    )


def test_saving_a_step_confirms_what_was_found_in_it(desk, session):
    draft = begin(desk, session, origin="text", text=ADVERTISEMENTS[1].text)
    assert draft.found["states"] == ["AL, FL, GA, IA, IN, OK, TX"]
    place = {name: draft.typed[name] for name in FIELDS[Step.PLACE] & draft.typed.keys()}
    desk.post(f"/hire/drafts/{draft.id}/place", data=place | {"version": draft.version})
    assert not draft.found.keys() & FIELDS[Step.PLACE]
    assert draft.found.keys() & FIELDS[Step.ROLE]


def test_nothing_is_answered_for_the_employer(desk, session):
    """Whether apprentices may apply must be said; a blank text does not say no."""
    draft = begin(desk, session, origin="text", text=ADVERTISEMENTS[1].text)
    page = desk.get(f"/hire/drafts/{draft.id}/requirements").text
    assert 'name="apprentice" value="no" checked' not in page


def test_every_topic_has_its_fields_and_every_field_its_step(app):
    with app.test_request_context():
        fields = set(PostingForm(app.extensions["places"], TODAY)._fields) - {"version"}
    assert set(FIELDS_OF) == set(Topic)
    assert {name for names in FIELDS_OF.values() for name in names} <= fields
    assert sorted(name for step in Step for name in FIELDS[step]) == sorted(fields)
    assert set(NAMES) == set(Step)


def test_what_a_posting_says_is_typed_and_read_back_the_same(app, session, employer):
    text = "Codes office and procedure work in **Epic**.\n\n- Visits\n- Surgery"
    posting = make_posting(session, PostingStatus.DRAFT, employer, description=text * 3)
    with app.test_request_context():
        places = app.extensions["places"]
        written = read(values_of(posting.details, places, TODAY), places, TODAY)
    assert written.complete
    assert written.details == posting.details
