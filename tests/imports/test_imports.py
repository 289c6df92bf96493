"""From a file to postings, as an employer does it."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from careercenter.credits.usecases import gift_credits
from careercenter.employers.models import Member
from careercenter.employers.rights import MemberRole
from careercenter.imports.models import Import, ImportRow, ImportStatus, Outcome
from careercenter.postings.details import Custom, CustomAnswer
from careercenter.postings.models import Posting, PostingStatus
from careercenter.revisions.models import Revision
from careercenter.revisions.models import RevisionState as S
from tests.factories import make_employer, owner_of
from tests.imports.conftest import DESCRIPTION, table


def outcomes(session, source):
    rows = session.scalars(
        select(ImportRow).where(ImportRow.import_id == source.id).order_by(ImportRow.number)
    )
    return [row.outcome.value for row in rows]


def postings(session):
    return session.scalars(select(Posting).order_by(Posting.id)).all()


def test_the_columns_are_guessed_and_shown_with_samples(client, send):
    source = send(table())
    page = client.get(f"/hire/imports/{source.id}").text
    assert source.mapping["required"] == "required credentials"
    assert "What the columns are" in page
    assert "CCS or CIC" in page


def test_a_trial_makes_nothing(client, session, send, check):
    source = check(send(table({}, {"id": "A-2", "pay": "", "title": ""})))
    assert source.status is ImportStatus.CHECKED
    assert outcomes(session, source) == ["new", "error"]
    assert not postings(session)
    page = client.get(f"/hire/imports/{source.id}").text
    assert "Enter the job title." in page


def test_a_run_makes_drafts_of_what_is_right(session, employer, send, check, run):
    source = run(check(send(table({}, {"id": "A-2", "title": ""}))))
    assert source.status is ImportStatus.DONE
    assert outcomes(session, source) == ["made", "error"]
    (posting,) = postings(session)
    assert (posting.title, posting.status) == ("Inpatient Coder II", PostingStatus.DRAFT)
    assert (posting.employer, posting.city) == (employer, "Des Moines")
    assert posting.required.groups[0][0].credential == "ccs"
    assert (posting.hourly_low_cents, posting.hourly_high_cents) == (2800, 3450)
    assert posting.description == DESCRIPTION


def test_the_same_file_twice_changes_nothing(session, send, check, run):
    run(check(send(table())))
    again = run(check(send(table())))
    assert outcomes(session, again) == ["same"]
    assert len(postings(session)) == 1


def test_new_words_are_written_into_the_draft(session, send, check, run):
    run(check(send(table())))
    (posting,) = postings(session)
    answered = Custom((CustomAnswer("payday", "Payday", ("Weekly",)),))
    posting.revise(replace(posting.details, custom=answered))
    session.commit()
    again = run(check(send(table(title="Inpatient Coder III"))))
    assert outcomes(session, again) == ["updated"]
    assert [posting.title for posting in postings(session)] == ["Inpatient Coder III"]
    assert posting.custom == answered, "of which the file says nothing"


def test_what_is_with_a_moderator_is_left(session, employer, send, check, run, now):
    gift_credits(session, employer, 1, "a test", now)
    run(check(send(table())), spends="y")
    again = check(send(table(title="Inpatient Coder III")))
    assert outcomes(session, again) == ["left"]


def publish(session, now):
    for posting in postings(session):
        posting.status, posting.published_at = PostingStatus.PUBLISHED, now
        posting.submitted_at, posting.expires_at = now, now + timedelta(days=20)


def test_a_new_title_of_what_is_live_waits_for_a_moderator(session, send, check, run, now):
    run(check(send(table())))
    publish(session, now)
    again = run(check(send(table(title="Inpatient Coder III"))))
    assert outcomes(session, again) == ["updated"]
    (posting,) = postings(session)
    assert posting.title == "Inpatient Coder II"
    (revision,) = session.scalars(select(Revision))
    assert (revision.state, revision.proposed.title) == (S.WAITING, "Inpatient Coder III")
    assert outcomes(session, run(check(send(table(title="Inpatient Coder III"))))) == ["same"]


def test_a_small_change_of_what_is_live_is_seen_at_once(session, send, check, run, now):
    run(check(send(table())))
    publish(session, now)
    run(check(send(table(description=DESCRIPTION + " Bring questions."))))
    assert postings(session)[0].description.endswith("Bring questions.")


def test_what_was_gone_from_a_file_and_is_back_is_a_draft_again(session, send, check, run, now):
    run(check(send(table({}, {"id": "A-2"}))))
    publish(session, now)
    run(check(send(table())), whole="y")
    back = run(check(send(table({}, {"id": "A-2"}))))
    assert outcomes(session, back) == ["same", "updated"]
    assert [posting.status.value for posting in postings(session)] == ["published", "draft"]


def test_what_the_employer_ended_is_left(session, send, check, run, now):
    run(check(send(table())))
    publish(session, now)
    postings(session)[0].fill(now)
    again = run(check(send(table(title="Inpatient Coder III"))))
    assert outcomes(session, again) == ["left"]
    assert "has ended" in session.scalars(select(ImportRow.words)).all()[-1]


def test_what_is_gone_while_a_moderator_has_it_is_taken_back(
    session, employer, send, check, run, now
):
    gift_credits(session, employer, 1, "a test", now)
    run(check(send(table())), spends="y")
    run(check(send(table(id="A-2"))), whole="y")
    assert [posting.status.value for posting in postings(session)] == ["draft", "draft"]
    assert employer.credit_balance == 1


def test_a_patients_data_is_told_and_makes_nothing(session, send, check):
    source = check(send(table(description=DESCRIPTION + " MRN 0012345")))
    assert outcomes(session, source) == ["error"]


def test_new_ones_go_to_a_moderator_while_there_are_credits(
    session, employer, send, check, run, now
):
    gift_credits(session, employer, 1, "a test", now)
    source = run(check(send(table({}, {"id": "A-2"}))), spends="y")
    assert [posting.status.value for posting in postings(session)] == ["in-review", "draft"]
    assert employer.credit_balance == 0
    assert outcomes(session, source) == ["made", "made"]


def test_who_may_not_spend_credits_may_not_by_a_file(client, session, employer, send, check, now):
    gift_credits(session, employer, 1, "a test", now)
    source = check(send(table()))
    owner_of(session, employer).confirmed_at = None
    form = {"version": source.version, "spends": "y"}
    answer = client.post(f"/hire/imports/{source.id}/runs", data=form)
    assert answer.status_code == 403
    assert "Verify your email first." in answer.text
    assert (source.status, employer.credit_balance) == (ImportStatus.CHECKED, 1)


def test_what_is_gone_from_a_whole_file_is_closed(session, send, check, run, now):
    run(check(send(table({}, {"id": "A-2"}))))
    for posting in postings(session):
        posting.status, posting.published_at = PostingStatus.PUBLISHED, now
    source = run(check(send(table())), whole="y")
    assert [posting.status.value for posting in postings(session)] == ["published", "closed"]
    assert outcomes(session, source) == ["same", "closed"]


def test_what_is_gone_from_a_file_that_is_not_whole_stays(session, send, check, run, now):
    run(check(send(table({}, {"id": "A-2"}))))
    for posting in postings(session):
        posting.status, posting.published_at = PostingStatus.PUBLISHED, now
    run(check(send(table())))
    assert {posting.status.value for posting in postings(session)} == {"published"}


def test_a_number_used_twice_and_one_that_is_missing_are_told(session, send, check):
    source = check(send(table({}, {}, {"id": ""})))
    rows = session.scalars(select(ImportRow).order_by(ImportRow.number)).all()
    assert [row.outcome for row in rows] == [Outcome.NEW, Outcome.ERROR, Outcome.ERROR]
    assert rows[1].words == "Row 1 has the same number."
    assert "no number of yours" in rows[2].words
    assert source.status is ImportStatus.CHECKED


def test_what_rows_do_not_say_may_be_said_for_all(session, send, check):
    content = table(employment="", apprentice="")
    assert outcomes(session, check(send(content))) == ["error"]
    defaults = {"default_employment": "full-time-w2", "default_apprentice": "no"}
    assert outcomes(session, check(send(content), **defaults)) == ["new"]


def test_a_word_that_is_none_of_ours_is_told(client, send, check):
    source = check(send(table(role="wizard", title="Somebody")))
    assert "Role: we do not know “wizard”" in client.get(f"/hire/imports/{source.id}").text


def test_a_lever_file_needs_no_columns_named(session, client, send, check):
    job = {
        "id": "x-1",
        "text": "Inpatient Coder",
        "categories": {"location": "Austin, TX", "commitment": "Full-time"},
        "workplaceType": "onsite",
        "salaryRange": {"min": 60000, "max": 70000, "interval": "per-year-salary"},
        "description": f"<p>{DESCRIPTION}</p><p>Required: CCS. No apprentices.</p>",
        "hostedUrl": "https://jobs.example.org/x-1",
    }
    source = send(json.dumps([job]).encode(), "lever.json")
    assert "The format says which field is which" in client.get(f"/hire/imports/{source.id}").text
    check(source, default_apprentice="no")
    row = session.scalars(select(ImportRow)).one()
    assert (row.outcome, row.words) == (Outcome.NEW, "")
    assert (row.details["pay"]["unit"], row.details["pay"]["low_cents"]) == ("year", 6_000_000)


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "no posting in this file"), (b"<a>", "look at line 1")]
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    client, session, employer, content, words
):
    answer = client.post("/hire/imports", data={"file": (BytesIO(content), "x.csv")})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert not session.scalars(select(Import)).all()


def test_without_a_file_the_page_asks_for_one(client, employer):
    answer = client.post("/hire/imports", data={})
    assert (answer.status_code, "Choose a file." in answer.get_data(as_text=True)) == (422, True)


def test_a_needed_column_and_one_named_twice_are_refused(client, send):
    source = send(table())
    form = {**source.mapping, "feed": "csv", "version": source.version}
    path = f"/hire/imports/{source.id}/trials"
    answer = client.post(path, data={**form, "id": ""})
    assert (answer.status_code, "Choose the column" in answer.get_data(as_text=True)) == (422, True)
    answer = client.post(path, data={**form, "id": "title"})
    assert (answer.status_code, "another field already" in answer.get_data(as_text=True)) == (
        422,
        True,
    )


def test_the_slower_of_two_gets_a_conflict(client, send):
    source = send(table())
    form = {**source.mapping, "feed": "csv", "version": source.version - 1}
    assert client.post(f"/hire/imports/{source.id}/trials", data=form).status_code == 409


def test_a_file_may_be_left_and_its_columns_named_again(client, session, send, check):
    source = check(send(table()))
    path = f"/hire/imports/{source.id}"
    client.post(f"{path}/mappings", data={"version": source.version})
    assert source.status is ImportStatus.MAPPING
    client.post(f"{path}/cancellation", data={"version": source.version})
    assert source.status is ImportStatus.CANCELLED
    assert client.post(f"{path}/runs", data={"version": source.version}).status_code == 409


def test_another_employers_import_is_not_found(client, session, send):
    source = send(table())
    client.sign_in(owner_of(session, make_employer(session)))
    path = f"/hire/imports/{source.id}"
    assert client.get(path).status_code == 404
    for noun in ("trials", "runs", "mappings", "cancellation"):
        assert client.post(f"{path}/{noun}", data={"version": source.version}).status_code == 404


def test_who_may_not_write_may_not_import(client, session, employer):
    session.scalars(select(Member)).one().role = MemberRole.BILLING
    assert client.get("/hire/imports").status_code == 403
