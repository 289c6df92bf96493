"""Writing in steps: kept as typed, judged when saved, a posting in the end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.checks.models import Step
from careercenter.drafting.handlers import LETTERS
from careercenter.drafting.models import MOST_DRAFTS, Draft
from careercenter.drafting.usecases import remind_writers
from careercenter.drafting.writing import FIELDS
from careercenter.postings.models import Posting, PostingStatus
from careercenter.tasks import Task
from tests.factories import make_employer, make_posting, make_user
from tests.postings.forms import typed

STEPS = [step.value for step in Step]


@pytest.fixture
def draft(desk, session) -> Draft:
    desk.post("/hire/drafts", data={"origin": "blank"})
    return session.scalars(select(Draft)).one()


def of(step: str, **changes: object) -> dict[str, object]:
    """What belongs to a step of a posting that is right."""
    values = typed(**changes)
    return {name: values[name] for name in values if name in FIELDS[Step(step)]}


def send(desk, draft: Draft, step: str, **changes: object):
    data = of(step, **changes) | {"version": draft.version}
    return desk.post(f"/hire/drafts/{draft.id}/{step}", data=data)


def test_five_steps_lead_from_one_to_the_next_and_to_a_posting(desk, session, draft):
    for step, after in zip(STEPS, [*STEPS[1:], "check"], strict=True):
        page = desk.get(f"/hire/drafts/{draft.id}/{step}")
        assert page.status_code == 200
        answer = send(desk, draft, step)
        assert (answer.status_code, answer.location) == (303, f"/hire/drafts/{draft.id}/{after}")
    check = desk.get(f"/hire/drafts/{draft.id}/check").text
    assert "Save the posting" in check
    look = desk.get(f"/hire/drafts/{draft.id}/preview").text
    answer = desk.post(f"/hire/drafts/{draft.id}/posting", data={"version": draft.version})
    posting = session.scalars(select(Posting)).one()
    assert answer.location == f"/hire/postings/{posting.id}/preview"
    assert posting.status is PostingStatus.DRAFT
    assert session.scalars(select(Draft)).all() == []
    for words in ("Profee coder, urology", "$24.00–$31.50"):
        assert words in look
        assert words in desk.get(answer.location).text


def test_the_preview_is_the_listing_that_visitors_get(desk, session, draft):
    for step in STEPS:
        send(desk, draft, step)
    look = desk.get(f"/hire/drafts/{draft.id}/preview").text
    desk.post(f"/hire/drafts/{draft.id}/posting", data={"version": draft.version})
    posting = session.scalars(select(Posting)).one()
    after = desk.get(f"/hire/postings/{posting.id}/preview").text
    inside = [page.split('<main id="main"')[1].split("</main>")[0] for page in (look, after)]
    assert inside[0] == inside[1].replace(f"/jobs/{posting.id}-", "/jobs/None-")


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_wrong_names_its_own_fields_only(desk, draft, step):
    response = desk.post(f"/hire/drafts/{draft.id}/{step}", data={"version": draft.version})
    assert response.status_code == 422
    assert "There is something to put right" in response.text
    linked = [part.split('"')[0] for part in response.text.split('<li><a href="#')[1:]]
    assert linked
    assert {name for name in linked if name in FIELDS[Step(step)]}


def test_a_step_that_is_wrong_changes_nothing_and_keeps_what_was_typed(desk, session, draft):
    before = draft.version
    response = send(desk, draft, "pay", pay_low="plenty")
    assert response.status_code == 422
    assert 'value="plenty"' in response.text
    session.rollback()
    assert (draft.version, draft.typed) == (before, {})


def test_a_step_that_was_refused_is_put_right_and_saved(desk, draft):
    page = send(desk, draft, "pay", pay_low="plenty").text
    version = page.split('name="version" value="')[1].split('"')[0]
    response = desk.post(f"/hire/drafts/{draft.id}/pay", data=of("pay") | {"version": version})
    assert response.status_code == 303


def test_steps_may_be_taken_in_any_order_and_left(desk, draft):
    assert send(desk, draft, "pay").status_code == 303
    data = {"version": draft.version, "title": "Half a", "act": "later"}
    response = desk.post(f"/hire/drafts/{draft.id}/role", data=data)
    assert response.location == "/hire/postings/new"
    start = desk.get("/hire/postings/new").text
    assert "Half a" in start
    page = desk.get(f"/hire/drafts/{draft.id}/role").text
    assert 'value="Half a"' in page
    assert "There is something to put right" not in page
    assert "1 of 5 complete" in page


def test_what_is_typed_is_kept_right_or_wrong_and_advice_comes_back(desk, draft):
    data = {"version": draft.version, "title": "Coder, $30/hr", "years": "no number"}
    response = desk.post(f"/hire/drafts/{draft.id}/role/words", data=data)
    assert response.status_code == 200
    assert "<html" not in response.text
    assert "Take the pay out of the title" in response.text
    assert f'name="version" value="{draft.version}" form="step"' in response.text
    assert draft.typed == {"title": ["Coder, $30/hr"]}


def test_the_requirement_is_built_without_script(desk, draft):
    data = {"version": draft.version, "credentials_1": ["cpc"], "add_1": "cuc", "act": "add"}
    response = desk.post(f"/hire/drafts/{draft.id}/requirements", data=data)
    assert response.location.endswith("/requirements#requirement-builder")
    assert draft.typed["credentials_1"] == ["cpc", "cuc"]
    page = desk.get(f"/hire/drafts/{draft.id}/requirements").text
    assert 'id="credentials_1-cuc" name="credentials_1" value="cuc" checked' in page
    assert "You need CPC or CUC; apprentices may not apply." in page
    assert "Fewer than 5" in page


def test_an_unfinished_draft_is_no_posting(desk, session, draft):
    send(desk, draft, "role")
    response = desk.post(f"/hire/drafts/{draft.id}/posting", data={"version": draft.version})
    assert response.status_code == 422
    assert "Finish the requirements." in response.text
    assert session.scalars(select(Posting)).all() == []
    assert desk.get(f"/hire/drafts/{draft.id}/preview").location.endswith("/check")


def test_a_patients_data_goes_no_further(desk, session, draft):
    text = "MRN 0012345 was coded in Epic by a new coder. " * 4
    for step in STEPS:
        answer = send(desk, draft, step, description=text)
    assert answer.status_code == 422
    data = {"version": draft.version, "description": text, "act": "later"}
    desk.post(f"/hire/drafts/{draft.id}/description", data=data)
    response = desk.post(f"/hire/drafts/{draft.id}/posting", data={"version": draft.version})
    assert response.status_code == 422
    assert "looks like a patient’s data" in response.text
    assert session.scalars(select(Posting)).all() == []


def test_the_pay_is_shown_as_visitors_will_read_it(desk, draft):
    send(desk, draft, "role")
    pay = {"pay_unit": "per-chart", "pay_low": "0.92", "pay_high": "0.92", "pay_pace": "30"}
    data = of("pay", **pay, pay_floor="22") | {"version": draft.version}
    advice = desk.post(f"/hire/drafts/{draft.id}/pay/words", data=data).text
    assert "$27.60" in advice
    assert "30\N{NO-BREAK SPACE}charts an hour, as stated" in advice


def test_a_draft_may_be_discarded(desk, session, draft):
    response = desk.post(f"/hire/drafts/{draft.id}/removal", data={"version": draft.version})
    assert response.location == "/hire/postings/new"
    assert session.scalars(select(Draft)).all() == []


POSTS = ["role", "role/words", "whole", "whole/words", "posting", "removal"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("version", [0, "", "x", "9" * 40])
def test_the_slower_of_two_tabs_meets_a_conflict(desk, draft, path, version):
    data = of("role") | {"version": version}
    assert desk.post(f"/hire/drafts/{draft.id}/{path}", data=data).status_code == 409
    assert draft.typed == {}


@pytest.mark.parametrize("path", [*POSTS, "check", "preview"])
def test_another_employers_draft_is_not_found(desk, session, draft, path):
    method = desk.post if path in POSTS else desk.get
    data = {"version": draft.version}
    draft.employer_id = make_employer(session).id
    session.commit()
    address = f"/hire/drafts/{draft.id}/{path}"
    assert method(address, data=data).status_code == 404
    desk.sign_in(make_user(session))
    assert method(address, data=data).status_code == 403
    desk.sign_out()
    assert method(address, data=data).status_code == 302


def test_too_many_drafts_are_refused(desk, session, employer, now):
    session.add_all(
        Draft(employer_id=employer.id, typed={}, created_at=now, changed_at=now)
        for _ in range(MOST_DRAFTS)
    )
    session.commit()
    response = desk.post("/hire/drafts", data={"origin": "blank"})
    assert response.status_code == 409
    assert "Discard one first." in response.text


def test_a_posting_is_edited_in_steps_and_written_back(desk, session, employer):
    posting = make_posting(session, PostingStatus.DRAFT, employer)
    seen = posting.version
    answer = desk.post(f"/hire/postings/{posting.id}/drafts", data={"version": seen})
    draft = session.scalars(select(Draft)).one()
    assert answer.location == f"/hire/drafts/{draft.id}/role"
    assert "Profee coder, urology" in desk.get(answer.location).text
    send(desk, draft, "role", title="Profee coder, surgery")
    desk.post(f"/hire/drafts/{draft.id}/posting", data={"version": draft.version})
    assert posting.title == "Profee coder, surgery"
    assert posting.required.groups[0][1].credential == "ccs-p"


def test_a_posting_that_moved_on_is_not_written_over(desk, session, employer):
    posting = make_posting(session, PostingStatus.DRAFT, employer)
    desk.post(f"/hire/postings/{posting.id}/drafts", data={"version": posting.version})
    draft = session.scalars(select(Draft)).one()
    posting.submit(draft.created_at)
    session.commit()
    send(desk, draft, "role", title="Too late")
    response = desk.post(f"/hire/drafts/{draft.id}/posting", data={"version": draft.version})
    assert response.status_code == 409
    assert posting.title != "Too late"


def test_a_posting_that_changed_fills_its_draft_anew(desk, session, employer):
    posting = make_posting(session, PostingStatus.DRAFT, employer)
    desk.post(f"/hire/postings/{posting.id}/drafts", data={"version": posting.version})
    draft = session.scalars(select(Draft)).one()
    send(desk, draft, "role", title="Left lying")
    desk.post(f"/hire/postings/{posting.id}/drafts", data={"version": posting.version})
    assert draft.title == "Left lying"
    posting.title = "Newer"
    session.commit()
    desk.post(f"/hire/postings/{posting.id}/drafts", data={"version": posting.version})
    assert draft.title == "Newer"


def test_what_is_on_the_board_is_not_edited_in_steps(desk, session, employer):
    posting = make_posting(session, employer=employer)
    data = {"version": posting.version}
    assert desk.post(f"/hire/postings/{posting.id}/drafts", data=data).status_code == 409


def test_what_may_be_paid_for_has_its_health_check(desk, session, employer):
    posting = make_posting(session, PostingStatus.DRAFT, employer, title="Coder, $30/hr")
    page = desk.get(f"/hire/postings/{posting.id}/check").text
    assert "Take the pay out of the title" in page
    assert f"/hire/postings/{posting.id}/edit#title" in page


def test_a_draft_that_lies_about_is_reminded_of_once(session, draft, now):
    draft.changed_at = now
    session.flush()
    seen = draft.version
    for days in (2, 3, 4, 33):
        remind_writers(session, "", now + timedelta(days=days))
    sent = session.scalars(select(Task.kind).where(Task.kind == "mail:draft_reminder")).all()
    assert (len(sent), draft.reminded_at) == (1, now + timedelta(days=3))
    assert draft.version == seen  # a tab that is still open may save
    assert LETTERS["draft_reminder"](session, str(draft.id), now).context["draft_id"] == draft.id
    session.delete(draft)
    session.flush()
    assert LETTERS["draft_reminder"](session, str(draft.id), now) is None


def test_an_old_draft_is_let_lie(session, draft, now):
    draft.changed_at = now - timedelta(days=30)
    session.flush()
    remind_writers(session, "", now)
    assert draft.reminded_at is None
