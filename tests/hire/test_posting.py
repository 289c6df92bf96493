"""What an employer does with a posting that is on the board."""

import pytest

from careercenter.accounts.models import Role
from careercenter.moderation.models import Objection, Reason
from careercenter.moderation.usecases import reject_posting
from careercenter.postings.models import PostingStatus
from tests.factories import make_posting, make_user

S = PostingStatus
MOVES = [
    (S.PUBLISHED, "pauses", S.PAUSED),
    (S.PAUSED, "resumptions", S.PUBLISHED),
    (S.PUBLISHED, "filling", S.FILLED),
    (S.PAUSED, "filling", S.FILLED),
    (S.PUBLISHED, "closure", S.CLOSED),
    (S.IN_REVIEW, "withdrawal", S.DRAFT),
    (S.FILLED, "relisting", S.DRAFT),
    (S.CLOSED, "relisting", S.DRAFT),
]
NOUNS = ("pauses", "resumptions", "filling", "closure", "withdrawal", "relisting")


def typed(posting) -> dict[str, object]:
    return {"version": posting.version, "reason": "other"}


@pytest.mark.parametrize(("status", "noun", "after"), MOVES)
def test_a_posting_moves_by_a_post_to_a_noun(desk, session, employer, status, noun, after):
    posting = make_posting(session, status, employer)
    path = f"/hire/postings/{posting.id}"
    response = desk.post(f"{path}/{noun}", data=typed(posting))
    assert (response.status_code, response.location) == (303, path)
    assert posting.status is after
    assert desk.get(path).status_code == 200


@pytest.mark.parametrize("noun", NOUNS)
def test_a_second_click_meets_a_conflict(desk, session, employer, noun):
    origin = {"resumptions": S.PAUSED, "withdrawal": S.IN_REVIEW, "relisting": S.CLOSED}
    posting = make_posting(session, origin.get(noun, S.PUBLISHED), employer)
    data = typed(posting)
    assert desk.post(f"/hire/postings/{posting.id}/{noun}", data=data).status_code == 303
    assert desk.post(f"/hire/postings/{posting.id}/{noun}", data=data).status_code == 409


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("status", [S.DRAFT, S.CHECKOUT, S.REJECTED, S.REMOVED])
def test_what_is_not_on_the_board_does_not_move(desk, session, employer, noun, status):
    posting = make_posting(session, status, employer)
    path = f"/hire/postings/{posting.id}/{noun}"
    assert desk.post(path, data=typed(posting)).status_code == 409
    assert posting.status is status


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "-1"])
def test_a_version_that_is_nonsense_is_a_conflict(desk, session, employer, version):
    posting = make_posting(session, employer=employer)
    response = desk.post(
        f"/hire/postings/{posting.id}/closure", data={"version": version, "reason": "other"}
    )
    assert response.status_code == 409


@pytest.mark.parametrize("noun", NOUNS)
def test_nobody_moves_what_is_not_theirs(desk, session, noun):
    posting = make_posting(session)
    path, data = f"/hire/postings/{posting.id}/{noun}", typed(posting)
    assert desk.post(path, data=data).status_code == 404
    desk.sign_in(make_user(session))
    assert desk.post(path, data=data).status_code == 403
    desk.sign_out()
    assert desk.post(path, data=data).status_code == 302
    assert posting.status is S.PUBLISHED


def test_a_rejected_posting_says_why(desk, session, employer, now):
    posting = make_posting(session, S.IN_REVIEW, employer)
    moderator = make_user(session, Role.MODERATOR)
    objection = Objection(Reason.PAY_UNCLEAR, "Say what a chart pays.")
    reject_posting(session, posting, moderator, objection, now)
    page = desk.get(f"/hire/postings/{posting.id}").text
    assert "What is paid, or how, is not clear." in page
    assert "Say what a chart pays." in page
    assert moderator.name not in page
