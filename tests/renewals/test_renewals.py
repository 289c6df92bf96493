"""A posting that renews itself: announced, paid by a credit or a slot, and off in one click."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.credits.usecases import gift_credits
from careercenter.duties import letters
from careercenter.employers.models import MemberRole
from careercenter.lifecycle.usecases import close_posting, relist_posting
from careercenter.periods.models import ListingPeriod
from careercenter.renewals.handlers import renew_postings
from careercenter.tasks import Task
from tests.factories import make_employer, make_member, make_posting
from tests.renewals.conftest import subscription_of

HOUR = timedelta(hours=1)


@pytest.fixture
def posting(running):
    """It ends in four days and some hours."""
    made = running(begun=25.9)
    made.auto_renews = True
    return made


def promised(session):
    kinds = session.scalars(select(Task.kind).where(Task.kind.like("mail:renewal%")))
    return [kind.removeprefix("mail:renewal_") for kind in kinds]


def bought(session, posting):
    return session.query(ListingPeriod).filter_by(posting_id=posting.id).count()


def test_it_is_off_until_somebody_wants_it(session, desk, running):
    posting, url = running(), "/hire/postings/{}/auto-renewal"
    assert not posting.auto_renews
    form = {"version": posting.version, "wanted": "yes"}
    assert desk.post(url.format(posting.id), data=form).status_code == 303
    assert posting.auto_renews
    assert "Let it end by itself" in desk.get(f"/hire/postings/{posting.id}").text
    assert desk.post(url.format(posting.id), data=form).status_code == 409
    desk.post(url.format(posting.id), data={"version": posting.version, "wanted": "no"})
    assert not posting.auto_renews


def test_it_is_announced_five_days_before_once(session, app, posting, now):
    for _ in range(2):
        renew_postings(session, "", now)
    assert promised(session) == ["announced"]
    assert bought(session, posting) == 1
    letter = letters(app)["renewal_announced"](session, str(posting.id), now)
    assert letter.subject == "Renews soon: Profee coder, urology"


def test_nothing_is_announced_to_who_does_not_want_it(session, posting, now):
    posting.auto_renews = False
    renew_postings(session, "", now + timedelta(days=4))
    assert promised(session) == []


def test_a_day_before_a_credit_renews_it_once(session, employer, posting, now):
    gift_credits(session, employer, 2, "hello", now)
    later = posting.expires_at - HOUR
    for _ in range(3):
        renew_postings(session, "", later)
    assert (employer.credit_balance, bought(session, posting)) == (1, 2)
    assert promised(session) == ["announced", "done"]


def test_without_a_credit_a_slot_does(session, employer, posting, now):
    session.add(subscription_of(session, employer, now))
    renew_postings(session, "", posting.expires_at - HOUR)
    period = session.query(ListingPeriod).order_by(ListingPeriod.id.desc()).first()
    assert period.subscription_id is not None
    assert promised(session)[-1] == "done"


def test_without_either_it_is_told_once_and_nothing_is_lost(session, employer, posting, now):
    later = posting.expires_at - HOUR
    for _ in range(2):
        renew_postings(session, "", later)
    assert promised(session) == ["announced", "failed"]
    assert posting.is_live(later)
    gift_credits(session, employer, 1, "just in time", now)
    renew_postings(session, "", later)
    assert (employer.credit_balance, bought(session, posting)) == (0, 2)


def test_an_employer_on_hold_spends_nothing(session, employer, posting, now):
    gift_credits(session, employer, 1, "hello", now)
    employer.suspended_at = now
    renew_postings(session, "", posting.expires_at - HOUR)
    assert employer.credit_balance == 1


def test_the_letters_link_stops_it_without_a_sign_in(session, app, client, posting, now):
    letter = letters(app)["renewal_announced"](session, str(posting.id), now)
    path = f"/auto-renewals/{letter.context['token']}"
    assert "Stop renewing it?" in client.get(path).text
    assert posting.auto_renews
    assert client.post(path).location == path
    assert not posting.auto_renews
    assert "does not renew itself" in client.get(path).text
    assert re.search("invalid or has expired", client.post("/auto-renewals/nonsense").text)
    assert letters(app)["renewal_announced"](session, str(posting.id), now) is None


def test_what_is_listed_again_does_not_renew_itself(session, posting, now):
    close_posting(session, posting, now)
    relist_posting(session, posting, now)
    assert not posting.auto_renews


def test_only_ones_own_and_only_who_may_spend(session, client, desk, employer, posting):
    other = make_posting(session, employer=make_employer(session))
    form = {"version": other.version, "wanted": "yes"}
    assert desk.post(f"/hire/postings/{other.id}/auto-renewal", data=form).status_code == 404
    client.sign_in(make_member(session, employer, MemberRole.REVIEWER).user)
    form = {"version": posting.version, "wanted": "no"}
    assert client.post(f"/hire/postings/{posting.id}/auto-renewal", data=form).status_code == 403
