"""The employer's pages of a change, the moderators', and what visitors read of it."""

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.amending.handlers import LETTERS
from careercenter.mail import compose
from careercenter.postings.models import PostingStatus
from careercenter.revisions.models import Revision, RevisionState
from tests.factories import make_posting, make_user
from tests.postings.forms import typed


@pytest.fixture
def change(desk, session, running):
    """Post a change of a live posting that says what ``typed`` says."""
    posting = running()

    def change(**values):
        data = typed(version=posting.version, **values)
        return posting, desk.post(f"/hire/postings/{posting.id}/revision", data=data)

    return change


def test_a_risky_change_waits_and_both_see_the_old_beside_the_new(
    change, desk, client, session, moderator
):
    posting, answer = change(title="Senior coder, urology")
    history = desk.get(answer.location).text
    assert "Waits for a moderator" in history
    assert "<ins>Senior coder, urology</ins>" in history
    revision = session.scalars(select(Revision)).one()
    client.sign_in(moderator)
    assert "Profee coder, urology" in client.get("/staff/revisions").text
    page = client.get(f"/staff/revisions/{revision.id}").text
    assert "<del>Profee coder, urology</del>" in page
    assert client.post(f"/staff/revisions/{revision.id}/approval").status_code == 303
    assert client.post(f"/staff/revisions/{revision.id}/approval").status_code == 409
    assert posting.title == "Senior coder, urology"
    listing = client.get(f"/jobs/{posting.id}-{posting.slug}").text
    assert "What was changed" in listing
    assert "the title" in listing


def test_a_moderator_turns_it_down_with_a_reason(app, change, client, session, moderator, settings):
    posting, _ = change(title="Senior coder, urology")
    revision = session.scalars(select(Revision)).one()
    client.sign_in(moderator)
    path = f"/staff/revisions/{revision.id}/rejection"
    assert client.post(path, data={}).status_code == 422
    said = {"reason": "misleading", "words": "It is no senior role."}
    assert client.post(path, data=said).status_code == 303
    assert (revision.state, posting.title) == (RevisionState.REJECTED, "Profee coder, urology")
    letter = LETTERS["revision_rejected"](session, str(revision.id), posting.created_at)
    for part in compose(app, settings, letter).iter_parts():
        assert "It is no senior role." in part.get_content()


def test_the_form_is_filled_with_what_is_on_the_board_or_with_what_waits(change, desk):
    posting, _ = change(title="Senior coder, urology")
    page = desk.get(f"/hire/postings/{posting.id}/revision").text
    assert 'value="Senior coder, urology"' in page
    assert "waits for a moderator" in page
    data = {"version": posting.version}
    assert (
        desk.post(f"/hire/postings/{posting.id}/revision/withdrawal", data=data).status_code == 303
    )
    assert 'value="Profee coder, urology"' in desk.get(f"/hire/postings/{posting.id}/revision").text


def test_bad_input_is_refused_and_kept(change, session):
    _, answer = change(title="", pay_low="plenty")
    assert answer.status_code == 422
    assert 'value="plenty"' in answer.text
    assert session.scalars(select(Revision)).all() == []


@pytest.mark.parametrize("version", ["", "0", "x"])
def test_a_stale_form_is_a_conflict(desk, running, version):
    posting = running()
    path = f"/hire/postings/{posting.id}/revision"
    assert desk.post(path, data=typed(version=version)).status_code == 409


@pytest.mark.parametrize("path", ["revision", "revisions"])
def test_the_pages_are_for_whose_posting_it_is(desk, session, path):
    posting = make_posting(session)
    address = f"/hire/postings/{posting.id}/{path}"
    assert desk.get(address).status_code == 404
    desk.sign_in(make_user(session))
    assert desk.get(address).status_code == 403
    desk.sign_out()
    assert desk.get(address).status_code == 302


def test_what_is_not_on_the_board_has_no_such_form(desk, session, employer):
    posting = make_posting(session, PostingStatus.FILLED, employer)
    assert desk.get(f"/hire/postings/{posting.id}/revision").status_code == 409


def test_the_moderators_pages_are_for_moderators(client, session, change):
    change(title="Senior coder, urology")
    revision = session.scalars(select(Revision)).one()
    client.sign_in(make_user(session, Role.CANDIDATE))
    assert client.get("/staff/revisions").status_code == 403
    assert client.post(f"/staff/revisions/{revision.id}/approval").status_code == 403
