"""An employer's own repost is refused; an agency's copy is shown, folded, and points onward."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from careercenter.copies import queries
from careercenter.copies.models import CopySignature
from careercenter.copies.usecases import Repost, sign_posting, sign_unsigned
from careercenter.credits.usecases import gift_credits
from careercenter.errors import Conflict, Invalid
from careercenter.lifecycle.usecases import close_posting
from careercenter.moderation.handlers import LETTERS
from careercenter.moderation.usecases import fold, unfold
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import Place, PostingPlace, PostingStatus
from careercenter.publishing.usecases import spend_credit
from careercenter.tasks import Task
from tests.factories import make_employer, make_posting, make_user
from tests.hire.conftest import desk as desk
from tests.hire.conftest import employer as employer
from tests.moderation.conftest import moderator as moderator
from tests.moderation.conftest import staff as staff

S = PostingStatus
WORDS = [f"word{n}" for n in range(400)]
TEXT = " ".join(Random(7).choices(WORDS, k=150))


@pytest.fixture
def own(session, employer, now):
    """The employer's live posting, signed."""
    posting = make_posting(session, employer=employer, description=TEXT)
    sign_posting(session, posting, now)
    return posting


def agency_copy(session, now, status=S.PUBLISHED):
    agency = make_employer(session, name="Quick Staffing", direct=False)
    posting = make_posting(session, status, agency, description=f"Our client hires. {TEXT}")
    sign_posting(session, posting, now)
    return posting


def test_an_own_repost_of_a_live_job_is_refused_on_submit(session, own, employer, now):
    again = make_posting(session, S.DRAFT, employer, description=TEXT + " Apply now.")
    gift_credits(session, employer, 1, "hello", now)
    with pytest.raises(Repost, match="on the board already"):
        spend_credit(session, employer, again, now)
    assert (again.status, employer.credit_balance) == (S.DRAFT, 1)


def test_the_page_links_to_the_job_that_is_live(desk, session, own, employer, now):
    again = make_posting(session, S.DRAFT, employer, description=TEXT)
    gift_credits(session, employer, 1, "hello", now)
    page = desk.get(f"/hire/postings/{again.id}/checkout")
    assert f'href="/hire/postings/{own.id}"' in page.text
    assert "Use one credit" not in page.text
    data = {"version": again.version}
    for noun in ("credit-uses", "checkouts"):
        refused = desk.post(f"/hire/postings/{again.id}/{noun}", data=data)
        assert refused.status_code == 409
        assert f'href="/hire/postings/{own.id}"' in refused.text


@pytest.mark.parametrize(
    "other",
    [{"description": "Something else. " * 40}, {"role": "auditor"}, {"employment": "prn-w2"}],
)
def test_what_differs_is_no_repost(session, own, employer, now, other):
    again = make_posting(session, S.DRAFT, employer, **({"description": TEXT} | other))
    assert queries.live_repost(session, again, now) is None


@pytest.mark.parametrize(("town", "found"), [("Cedar Rapids", True), ("Ames", False)])
def test_one_town_in_common_makes_a_repost(session, own, employer, now, town, found):
    own.place_rows = [PostingPlace(position=0, city="Cedar Rapids", state="IA", zip="")]
    place = {"place": Place(town, "IA", "")}
    again = make_posting(session, S.DRAFT, employer, description=TEXT, **place)
    assert (queries.live_repost(session, again, now) is own) is found


def test_what_has_ended_may_be_posted_again(session, own, employer, now):
    own.close(now)
    again = make_posting(session, S.DRAFT, employer, description=TEXT)
    assert queries.live_repost(session, again, now) is None
    assert [copy.posting for copy in queries.copies_of(session, again)] == [own]


def test_a_posting_is_not_a_copy_of_itself_in_any_version(session, own, now):
    own.title = "Another title"
    sign_posting(session, own, now)
    sign_posting(session, own, now)
    assert len(session.scalars(select(CopySignature)).all()) == 2
    assert queries.copies_of(session, own) == []


def test_a_copy_of_another_is_shown_in_review_and_folded_by_a_moderator(staff, session, own, now):
    copy = agency_copy(session, now)
    page = staff.get(f"/staff/review/{copy.id}").text
    assert "The same text elsewhere" in page
    assert f"/staff/postings/{copy.id}/folding" in page
    data = {"version": copy.version, "original": own.id}
    assert staff.post(f"/staff/postings/{copy.id}/folding", data=data).status_code == 303
    assert staff.post(f"/staff/postings/{copy.id}/folding", data=data).status_code == 409
    assert not copy.is_live(now)
    gone = staff.get(f"/jobs/{copy.id}-{copy.slug}")
    assert gone.status_code == 410
    assert f'href="/jobs/{own.id}-{own.slug}"' in gone.text
    assert "1 other advertisement of this job" in staff.get(f"/jobs/{own.id}-{own.slug}").text
    data = {"version": copy.version}
    assert staff.post(f"/staff/postings/{copy.id}/unfolding", data=data).status_code == 303
    assert copy.is_live(now)


def test_folding_tells_the_feed_and_the_agency(session, own, moderator, now):
    copy = agency_copy(session, now)
    told = copy.search_seq
    fold(session, copy, own, moderator, now)
    assert copy.search_seq > told
    task = session.scalars(select(Task).where(Task.kind == "mail:posting_folded")).one()
    assert LETTERS["posting_folded"](session, task.subject, now).template == "posting_folded"
    unfold(session, copy, moderator, now)
    with pytest.raises(Conflict):
        unfold(session, copy, moderator, now)


def test_what_was_folded_gives_its_unused_days_back_when_it_is_closed(session, own, moderator, now):
    copy = agency_copy(session, now)
    bought = {"source_ref": "checkout:7:1", "days": 30, "created_at": now}
    ends_at = now + timedelta(days=20)
    session.add(ListingPeriod(posting_id=copy.id, starts_at=now, ends_at=ends_at, **bought))
    fold(session, copy, own, moderator, now)
    assert close_posting(session, copy, now) == 20
    assert copy.employer.credit_balance == 1


def test_only_anothers_live_posting_is_an_original(session, own, employer, moderator, now):
    copy, draft = agency_copy(session, now), make_posting(session, S.DRAFT)
    for original in (copy, draft, make_posting(session, employer=copy.employer)):
        with pytest.raises(Invalid):
            fold(session, copy, original, moderator, now)


@pytest.mark.parametrize("original", ["", "x", "0", "9" * 30])
def test_nonsense_for_an_original_is_not_found(staff, session, own, now, original):
    copy = agency_copy(session, now)
    data = {"version": copy.version, "original": original}
    assert staff.post(f"/staff/postings/{copy.id}/folding", data=data).status_code == 404


def test_folding_is_for_moderators(client, session, own, now):
    copy = agency_copy(session, now)
    client.sign_in(make_user(session))
    assert client.post(f"/staff/postings/{copy.id}/folding").status_code == 403


def test_earlier_postings_are_signed_by_a_task_once(session, employer, now):
    make_posting(session, employer=employer)
    make_posting(session, S.DRAFT, employer)
    sign_unsigned(session, now)
    sign_unsigned(session, now)
    assert len(session.scalars(select(CopySignature)).all()) == 1
