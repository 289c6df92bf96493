"""From a draft to its preview, and back to the editor."""

import re

import pytest
from sqlalchemy import select

from careercenter.drafting.models import Draft
from careercenter.postings.models import Posting, PostingStatus
from tests.factories import make_posting, make_user
from tests.postings.forms import CONDITIONS, typed


def begin(desk, session) -> tuple[Draft, str]:
    """A draft, and the address of its one page."""
    answer = desk.post("/hire/drafts", data={"origin": "blank", "page": "whole"})
    draft = session.scalars(select(Draft).order_by(Draft.id.desc())).first()
    assert answer.location == f"/hire/drafts/{draft.id}/whole"
    return draft, answer.location


def write(desk, session, data):
    draft, page = begin(desk, session)
    return desk.post(page, data=data | {"version": draft.version})


def test_a_posting_is_written_previewed_edited_and_previewed_again(desk, session, employer):
    preview = write(desk, session, typed()).location
    posting = session.scalars(select(Posting)).one()
    assert preview == f"/hire/postings/{posting.id}/preview"
    assert (posting.employer, posting.status) == (employer, PostingStatus.DRAFT)
    page = desk.get(preview).text
    assert "Profee coder, urology" in page
    assert "$24.00–$31.50" in page
    assert f"/hire/postings/{posting.id}/checkout" in page
    edit = f"/hire/postings/{posting.id}/edit"
    assert 'value="Profee coder, urology"' in desk.get(edit).text
    changed = typed(title="Profee coder, surgery", version=posting.version)
    assert desk.post(edit, data=changed).location == preview
    assert "Profee coder, surgery" in desk.get(preview).text


def test_an_empty_editor_asks_nothing_yet(desk, session):
    page = desk.get(begin(desk, session)[1]).text
    assert "There is something to put right" not in page


def test_what_was_typed_is_kept_beside_what_is_wrong(desk, session):
    wrong = typed(pay_low="plenty", place="Waterloo", requirement="", title="A & B")
    response = write(desk, session, wrong)
    assert response.status_code == 422
    assert '<a href="#pay_low">Enter dollars, like 24, 24.50 or 52,000.</a>' in response.text
    for kept in ('value="plenty"', 'value="Waterloo"', 'value="A &amp; B"', 'value="6"'):
        assert kept in response.text
    assert 'id="credentials_1-ccs-p" name="credentials_1" value="ccs-p" checked' in response.text
    assert session.scalars(select(Posting)).all() == []


def test_experience_tools_and_conditions_are_kept_and_shown_again(desk, session):
    write(desk, session, typed(**CONDITIONS))
    posting = session.scalars(select(Posting)).one()
    assert posting.software == ("epic", "find-a-code")
    page = desk.get(f"/hire/postings/{posting.id}/edit").text
    for shown in (
        '<option selected value="mid">',
        '<option selected value="profee">',
        '<option selected value="yes-paid">',
        'name="software" value="epic" checked',
        'name="code_sets" value="hcc-v28" checked',
    ):
        assert shown in page, shown
    preview = desk.get(f"/hire/postings/{posting.id}/preview").text
    assert "Epic" in preview
    assert "3 years of coding" in preview


def test_a_line_of_years_that_is_half_filled_is_kept_and_named(desk, session):
    response = write(desk, session, typed(topic_2="urology"))
    assert response.status_code == 422
    assert '<a href="#topic_years_2">Say how many years.</a>' in response.text
    assert '<option selected value="urology">' in response.text
    assert re.search(r"<details open>\s*<summary>Years in a coding type", response.text)
    assert session.scalars(select(Posting)).all() == []


def test_an_empty_form_is_refused_with_every_field_named(desk, session):
    response = write(desk, session, {})
    assert response.status_code == 422
    assert response.text.count('<li><a href="#') == 10


@pytest.mark.parametrize("version", [0, "", "x", "9" * 40])
def test_the_slower_of_two_editors_loses_nothing_of_the_faster(desk, session, employer, version):
    posting = make_posting(session, PostingStatus.DRAFT, employer)
    response = desk.post(f"/hire/postings/{posting.id}/edit", data=typed(version=version))
    assert response.status_code == 409
    assert "This changed since you opened it. Reload and try again." in response.text
    session.expire_all()
    assert posting.specialties == ("urology",)


def test_a_refused_edit_keeps_the_version_that_was_seen(desk, session, employer):
    posting = make_posting(session, PostingStatus.DRAFT, employer)
    data = typed(version=posting.version, title="")
    page = desk.post(f"/hire/postings/{posting.id}/edit", data=data).text
    assert f'name="version" type="hidden" value="{posting.version}"' in page


@pytest.mark.parametrize("status", sorted(set(PostingStatus) - {"draft", "rejected"}))
def test_what_was_submitted_is_not_edited(desk, session, employer, status):
    posting = make_posting(session, PostingStatus(status), employer)
    edit = f"/hire/postings/{posting.id}/edit"
    assert desk.get(edit).status_code == 409
    assert desk.post(edit, data=typed(version=posting.version)).status_code == 409


def test_a_rejected_posting_becomes_a_draft_when_it_is_mended(desk, session, employer):
    posting = make_posting(session, PostingStatus.REJECTED, employer)
    desk.post(f"/hire/postings/{posting.id}/edit", data=typed(version=posting.version))
    assert posting.status is PostingStatus.DRAFT


@pytest.mark.parametrize("page", ["", "/edit", "/preview"])
def test_another_employers_posting_is_not_found(desk, session, page):
    posting = make_posting(session, PostingStatus.DRAFT)
    path = f"/hire/postings/{posting.id}{page}"
    assert desk.get(path).status_code == 404
    assert desk.get(f"/hire/postings/999999{page}").status_code == 404
    desk.sign_in(make_user(session))
    assert desk.get(path).status_code == 403
    desk.sign_out()
    assert desk.get(path).status_code == 302


def test_the_description_can_do_no_harm(desk, session, employer):
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> **bold** " * 4
    posting = make_posting(session, PostingStatus.DRAFT, employer, description=evil)
    page = desk.get(f"/hire/postings/{posting.id}/preview").text
    assert "<script>alert" not in page
    assert "<strong>bold</strong>" in page


def test_what_is_typed_on_one_page_is_kept_and_advised(desk, session):
    draft, page = begin(desk, session)
    data = {"version": draft.version, "title": "Coder, $30/hr", "years": "no number"}
    answer = desk.post(f"{page}/words", data=data)
    assert "Take the pay out of the title" in answer.text
    assert 'href="#title"' in answer.text
    assert draft.typed["title"] == ["Coder, $30/hr"]
    shown = desk.get(page).text
    assert 'value="no number"' in shown
    assert "There is something to put right" not in shown


@pytest.mark.parametrize(
    ("act", "to"), [("later", "/hire/postings/new"), ("add", "/whole#requirement-builder")]
)
def test_the_one_page_is_left_or_added_to(desk, session, act, to):
    draft, page = begin(desk, session)
    data = {"version": draft.version, "title": "Half a", "add_1": "cuc", "act": act}
    assert desk.post(page, data=data).location.endswith(to)
    assert (draft.typed["title"], draft.typed["credentials_1"]) == (["Half a"], ["cuc"])
