"""What a visitor tells, hides and saw."""

import pytest
from sqlalchemy import func, select

from careercenter.candidates.models import CandidateCredential
from careercenter.candidates.queries import qualifications_of
from careercenter.saved.models import HiddenEmployer, HiddenListing
from careercenter.taxonomy.requirements import parse
from careercenter.taxonomy.vocabularies import PICKABLE_CREDENTIALS
from tests.factories import make_employer, make_posting, make_user
from tests.listings.test_views import titles

ANSWERS = {
    "credentials": ["cpc", "crc"],
    "years": "3",
    "topic_1": "urology",
    "topic_years_1": "2",
    "state": "IA",
    "next": "/jobs?q=coder",
}


@pytest.fixture
def candidate(visitor, session):
    user = make_user(session)
    visitor.sign_in(user)
    return user


def test_a_stranger_tells_once_and_every_card_answers(visitor, session):
    make_posting(session, required=parse("CPC and CCS"), states=("IA",))
    assert "Which of these do I qualify for?" in visitor.get("/jobs").text
    assert visitor.post("/jobs/fit", data=ANSWERS).location == "/jobs?q=coder"
    page = visitor.get("/jobs").text
    assert "You meet 2 of 3: CCS missing" in page
    assert "With one more credential" in page


def test_what_was_told_stands_in_the_form_and_can_be_forgotten(visitor):
    visitor.post("/jobs/fit", data=ANSWERS)
    page = visitor.get("/jobs/fit").text
    assert 'value="cpc" checked' in page
    assert "Forget what I told" in page
    visitor.post("/jobs/fit/removal")
    assert "Forget what I told" not in visitor.get("/jobs/fit").text


def test_the_listing_answers_line_by_line(visitor, session):
    posting = make_posting(session, required=parse("CPC and CCS"), states=("TX",))
    visitor.post("/jobs/fit", data=ANSWERS)
    page = visitor.get(f"/jobs/{posting.id}-{posting.slug}").text
    assert "Living in Iowa" in page
    assert "is not among the states" in page


@pytest.mark.parametrize(
    "bad", [{"years": "many"}, {"years": "99"}, {"topic_years_1": "x"}, {"topic_1": ""}]
)
def test_nonsense_is_refused_and_kept(visitor, bad):
    page = visitor.post("/jobs/fit", data=ANSWERS | bad)
    assert page.status_code == 422
    assert 'value="cpc" checked' in page.text


def test_an_empty_answer_is_no_answer(visitor):
    assert visitor.post("/jobs/fit", data={"state": "IA"}).status_code == 422


def test_everything_is_shown_again_at_once(visitor, session):
    for _ in range(3):
        visitor.post(f"/jobs/hidden/{make_posting(session).id}")
    assert titles(visitor.get("/jobs")) == []
    visitor.post("/jobs/hidden/removal")
    assert len(titles(visitor.get("/jobs"))) == 3


def test_hiding_leads_back_to_the_search(visitor, session):
    posting = make_posting(session)
    came = {"Referer": "http://localhost/jobs?q=coder"}
    page = visitor.get(f"/jobs/hidden/{posting.id}", headers=came)
    assert 'name="next" value="/jobs?q=coder"' in page.text


def test_recently_seen_begins_when_it_is_asked_for(visitor, session):
    posting = make_posting(session)
    assert "Remember the jobs I open" in visitor.get("/jobs/recent").text
    visitor.post("/jobs/recent")
    visitor.get(f"/jobs/{posting.id}-{posting.slug}")
    assert posting.title in visitor.get("/jobs/recent").text


def test_a_foreign_next_is_not_followed(visitor):
    posted = visitor.post("/jobs/fit", data=ANSWERS | {"next": "https://evil.test/"})
    assert posted.location == "/jobs"


def test_a_candidates_answers_are_kept_in_the_account(visitor, candidate, session, now):
    visitor.post("/jobs/fit", data=ANSWERS)
    told = qualifications_of(session, candidate.id, now.date())
    assert (told.credentials, told.years, told.years_in) == (("cpc", "crc"), 3, {"urology": 2})
    visitor.post(
        "/jobs/fit", data=ANSWERS | {"credentials": ["cpc"], "topic_1": "", "topic_years_1": ""}
    )
    assert session.scalar(select(func.count()).select_from(CandidateCredential)) == 1
    assert not qualifications_of(session, candidate.id, now.date()).years_in


def test_a_hidden_job_stays_away_with_its_reposts(visitor, session):
    employer = make_employer(session)
    first, again = (make_posting(session, employer=employer, title="Same") for _ in range(2))
    make_posting(session, employer=employer, title="Other")
    assert f"/jobs/hidden/{first.id}" in visitor.get("/jobs").text
    assert "Hide this job" in visitor.get(f"/jobs/hidden/{first.id}?next=/jobs").text
    visitor.post(f"/jobs/hidden/{first.id}", data={"next": "/jobs"})
    page = visitor.get("/jobs")
    assert titles(page) == ["Other"]
    assert "2 hidden by you" in page.text
    assert len(titles(visitor.get("/jobs?hidden=show"))) == 3
    for posting in (first, again):
        visitor.post(f"/jobs/hidden/{posting.id}/removal")
    assert len(titles(visitor.get("/jobs"))) == 3


def test_an_employer_is_hidden_and_shown_again(visitor, session):
    employer = make_employer(session, slug="mercy")
    make_posting(session, employer=employer)
    visitor.post("/jobs/hidden/employers/mercy")
    assert titles(visitor.get("/jobs")) == []
    assert employer.name in visitor.get("/jobs/hidden").text
    visitor.post("/jobs/hidden/employers/mercy/removal")
    assert "Nothing is hidden" in visitor.get("/jobs/hidden").text


def test_a_candidate_hides_in_their_account(visitor, candidate, session):
    posting = make_posting(session)
    for _ in range(2):
        visitor.post(f"/jobs/hidden/{posting.id}")
        visitor.post(f"/jobs/hidden/employers/{posting.employer.slug}")
    assert session.scalars(select(HiddenListing.posting_id)).all() == [posting.id]
    assert session.scalars(select(HiddenEmployer.employer_id)).all() == [posting.employer_id]
    assert titles(visitor.get("/jobs")) == []
    visitor.post(f"/jobs/hidden/{posting.id}/removal")
    visitor.post(f"/jobs/hidden/employers/{posting.employer.slug}/removal")
    assert len(titles(visitor.get("/jobs"))) == 1


def test_what_was_never_public_cannot_be_hidden(visitor, session):
    draft = make_posting(session, "draft")
    assert visitor.get(f"/jobs/hidden/{draft.id}").status_code == 404
    assert visitor.post("/jobs/hidden/employers/nobody").status_code == 404


def test_a_browser_remembers_nothing_before_it_is_asked_to(visitor, session):
    posting = make_posting(session)
    address = f"/jobs/{posting.id}-{posting.slug}"
    for path in ("/jobs", address):
        assert "Set-Cookie" not in visitor.get(path).headers
    visitor.post("/jobs/fit", data=ANSWERS)
    visitor.get(address)
    assert posting.title in visitor.get("/jobs/recent").text


def test_new_since_the_last_visit_begins_with_the_first_question(visitor, session):
    make_posting(session)
    assert "From now on this browser remembers" in visitor.get("/jobs?new=1").text


def test_a_job_that_was_hidden_stays_hidden_when_it_is_posted_again(visitor, session):
    employer = make_employer(session)
    first = make_posting(session, employer=employer, title="Same")
    visitor.post(f"/jobs/hidden/{first.id}")
    make_posting(session, employer=employer, title="Same")
    make_posting(session, title="Same")
    assert titles(visitor.get("/jobs")) == ["Same"]
    visitor.post(f"/jobs/hidden/{first.id}/removal")
    assert len(titles(visitor.get("/jobs"))) == 3


def test_a_candidate_who_signs_in_on_a_browser_that_knows_them_need_not_tell_again(
    visitor, session, now
):
    make_posting(session, required=parse("CPC and CCS"))
    visitor.post("/jobs/fit", data=ANSWERS)
    with visitor.session_transaction() as cookie:
        device = cookie["device"]
    user = make_user(session)
    visitor.sign_in(user)
    with visitor.session_transaction() as cookie:
        cookie["device"] = device
    assert "CCS missing" in visitor.get("/jobs").text
    assert 'value="cpc" checked' in visitor.get("/jobs/fit").text
    visitor.post("/jobs/fit", data=ANSWERS)
    assert qualifications_of(session, user.id, now.date()).credentials == ("cpc", "crc")


def test_too_many_credentials_are_refused(visitor):
    many = list(PICKABLE_CREDENTIALS)[:21]
    page = visitor.post("/jobs/fit", data=ANSWERS | {"credentials": many})
    assert "Tick at most 20." in page.text


def test_a_page_that_says_whether_one_qualifies_is_never_taken_for_another(visitor, session):
    make_posting(session, required=parse("CPC and CCS"))
    before = visitor.get("/jobs")
    visitor.post("/jobs/fit", data=ANSWERS)
    assert "Every job now says" in visitor.get("/jobs").text
    after = visitor.get("/jobs", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, "Cookie" in after.headers["Vary"]) == (200, True)
    same = visitor.get("/jobs", headers={"If-None-Match": after.headers["ETag"]})
    assert (same.status_code, same.headers["ETag"]) == (304, after.headers["ETag"])
    assert "csrf_token" not in after.text


@pytest.mark.parametrize("path", ["/jobs/fit", "/jobs/fit/removal", "/jobs/recent"])
def test_what_a_visitor_sends_needs_its_token(visitor, app, monkeypatch, path):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert visitor.post(path, data=ANSWERS).status_code == 400


def test_a_search_asks_little_more_for_a_candidate_who_hid_something(
    visitor, candidate, session, asked
):
    visitor.post("/jobs/fit", data=ANSWERS)
    for _ in range(2):
        visitor.post(f"/jobs/hidden/{make_posting(session).id}")
    make_posting(session)
    asked.clear()
    visitor.get("/jobs")
    assert len(asked) <= 9


def test_what_is_told_and_hidden_holds_on_every_page_of_cards(visitor, session):
    wanted, employer = parse("CPC and CCS"), make_employer(session, slug="mercy")
    make_posting(session, title="Kept", required=wanted)
    hidden = make_posting(session, title="Hidden", required=wanted)
    make_posting(session, title="Of an employer", required=wanted, employer=employer)
    visitor.post("/jobs/fit", data=ANSWERS)
    visitor.post(f"/jobs/hidden/{hidden.id}")
    visitor.post("/jobs/hidden/employers/mercy")
    for path in ("/", "/jobs", "/jobs/for/cpc"):
        page = visitor.get(path)
        assert titles(page) == ["Kept"], path
        assert page.text.count("CCS missing") == 1
    assert titles(visitor.get("/employers/mercy")) == ["Of an employer"]
    assert len(titles(visitor.get("/jobs?hidden=show"))) == 3
