"""Employers answer, listings show the answers."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from careercenter.amending.usecases import amend_posting
from careercenter.drafting.models import Draft
from careercenter.errors import Invalid
from careercenter.postings.details import Custom, CustomAnswer, PostingDetails
from careercenter.postings.models import Posting, PostingStatus
from careercenter.revisions.models import Revision, RevisionState
from tests.custom_fields.conftest import ANSWERED
from tests.factories import make_posting, owner_of
from tests.lifecycle.conftest import ZONE
from tests.postings.forms import typed

FULL = typed(**ANSWERED)
SHOWN = ("More about this job", "Is there a union?", "Monthly", "Lunch; Parking, free", "Coders")


@pytest.fixture
def draft(desk, session) -> Draft:
    desk.post("/hire/drafts", data={"origin": "blank"})
    return session.scalars(select(Draft)).one()


@pytest.fixture
def posting(session, employer, fields) -> Posting:
    return make_posting(session, PostingStatus.DRAFT, employer)


def answering(posting: Posting, payday: str, label: str = "Payday") -> PostingDetails:
    answer = CustomAnswer("payday", label, (payday,))
    return replace(posting.details, custom=Custom((answer,)))


def values(posting: Posting) -> dict[str, tuple[str, ...]]:
    return {answer.key: answer.values for answer in posting.custom.answers}


def test_one_page_keeps_the_answers_and_the_posting_shows_them(desk, session, fields, draft):
    url = f"/hire/drafts/{draft.id}/whole"
    desk.post(f"{url}/words", data=FULL | {"version": draft.version})
    assert draft.typed["custom_perks"] == ["Lunch", "Parking, free"]
    page = desk.get(url).text
    for words in ("Further questions", "In the team.", 'value="Profee east"', "Monday audit."):
        assert words in page
    done = desk.post(url, data=FULL | {"version": draft.version})
    session.expire_all()
    posting = session.scalars(select(Posting)).one()
    assert values(posting) == {
        "union": ("No",),
        "team": ("Profee east",),
        "week": ("Monday audit.\nFriday lunch.",),
        "payday": ("Monthly",),
        "perks": ("Lunch", "Parking, free"),
        "coders": ("12",),
    }
    shown = desk.get(done.location).text
    assert all(words in shown for words in SHOWN)


def test_the_last_step_asks_and_the_others_leave_it_alone(desk, session, fields, draft):
    url = f"/hire/drafts/{draft.id}"
    text = {"description": FULL["description"], "apply_by": "board"}
    refused = desk.post(f"{url}/description", data=text | {"version": draft.version})
    assert refused.status_code == 422
    assert '<a href="#custom_coders">Answer this.</a>' in refused.text
    data = text | ANSWERED | {"version": draft.version}
    assert desk.post(f"{url}/description", data=data).location == f"{url}/check"
    role = {"title": "Coder", "role": "coder", "coding_types": "profee", "custom_team": "Other"}
    desk.post(f"{url}/role", data=role | {"version": draft.version})
    assert draft.typed["custom_team"] == ["Profee east"]
    assert "Further questions" not in desk.get(f"{url}/role").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"custom_coders": ""}, "Answer this."),
        ({"custom_coders": "many"}, "Enter a number, like 8"),
        ({"custom_coders": "1.99"}, "Enter 2 or more."),
        ({"custom_coders": "40.51"}, "Enter 40.5 or less."),
        ({"custom_union": "maybe"}, "Not a valid choice."),
        ({"custom_payday": "Never"}, "Not a valid choice."),
        ({"custom_perks": ["Lunch", "Gold"]}, "Choose from the list."),
        ({"custom_team": "x" * 201}, "Use at most 200 characters."),
        ({"custom_week": "x" * 2001}, "Use at most 2,000 characters."),
        ({"custom_week": "MRN 12345678, SSN 123-45-6789"}, "Take it out."),
    ],
)
def test_a_wrong_answer_is_told_beside_it_and_changes_nothing(desk, posting, wrong, words):
    url, version = f"/hire/postings/{posting.id}/edit", posting.version
    response = desk.post(url, data=FULL | wrong | {"version": version})
    assert response.status_code == 422
    assert words in response.text
    assert f'href="#{next(iter(wrong))}"' in response.text
    assert (posting.version, posting.custom) == (version, Custom())


def test_editing_shows_what_was_answered_and_nothing_of_what_is_retired(
    desk, session, fields, posting, now
):
    url = f"/hire/postings/{posting.id}/edit"
    desk.post(url, data=FULL | {"version": posting.version})
    fields["union"].retire(now)
    session.flush()
    page = desk.get(url).text
    assert '<option selected value="Monthly">' in page
    assert "Is there a union?" not in page.split("Further questions")[1].split("</form>")[0]
    assert "union" in values(posting)  # until the posting itself is changed
    desk.post(f"/hire/postings/{posting.id}/drafts", data={"version": posting.version})
    draft = session.scalars(select(Draft)).one()
    assert draft.typed["custom_perks"] == ["Lunch", "Parking, free"]
    desk.post(url, data=FULL | {"version": posting.version})
    assert "union" not in values(posting)


def test_a_change_on_the_board_is_compared_and_waits_for_a_moderator(desk, session, employer, now):
    posting = make_posting(session, employer=employer)
    posting.amend(answering(posting, "Weekly"))
    session.commit()
    changed, author = answering(posting, "Monthly"), owner_of(session, employer)
    amend_posting(session, posting, changed, author, ZONE, now)
    revision = session.scalars(select(Revision)).one()
    assert (revision.state, revision.topics) == (RevisionState.WAITING, ["custom"])
    assert revision.proposed.custom == changed.custom
    session.commit()
    page = desk.get(f"/hire/postings/{posting.id}/revisions").text
    for words in ("Payday", "Weekly", "Monthly"):
        assert words in page


def test_other_words_of_staff_are_no_change_of_the_employer(session, employer, now):
    posting = make_posting(session, employer=employer)
    posting.amend(answering(posting, "Weekly"))
    session.commit()
    again = answering(posting, "Weekly", label="Day of pay")
    with pytest.raises(Invalid):
        amend_posting(session, posting, again, owner_of(session, employer), ZONE, now)


def test_the_form_of_what_is_on_the_board_asks_too(desk, session, employer, fields):
    posting = make_posting(session, employer=employer)
    assert "Further questions" in desk.get(f"/hire/postings/{posting.id}/revision").text


def test_the_listing_shows_the_answers_without_another_statement(client, session, employer, fields):
    bare, full = (make_posting(session, employer=employer) for _ in range(2))
    full.amend(answering(full, "Weekly"))
    session.commit()
    client.get(f"/jobs/{bare.id}-{bare.slug}")
    counts, pages = [], []
    for posting in (bare, full):
        url = f"/jobs/{posting.id}-{posting.slug}"
        session.expire_all()
        pages.append(client.get(url).text)
        counts.append(client.statements)
    assert counts[0] == counts[1]
    assert ["More about this job" in page for page in pages] == [False, True]


def test_where_nothing_is_defined_nothing_is_asked(desk, session, draft):
    assert "Further questions" not in desk.get(f"/hire/drafts/{draft.id}/description").text
    posted = FULL | {"version": draft.version}
    desk.post(f"/hire/drafts/{draft.id}/whole", data=posted)
    posting = session.scalars(select(Posting)).one()
    assert posting.custom == Custom()
    assert "More about this job" not in desk.get(f"/hire/postings/{posting.id}/preview").text
