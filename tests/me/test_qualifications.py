"""What a candidate holds, and until when."""

from datetime import timedelta

import pytest

from careercenter.accounts.models import Role
from careercenter.candidates.models import Qualifications
from careercenter.candidates.queries import credentials_of, qualifications_of
from careercenter.candidates.usecases import keep_expiries, qualify
from tests.factories import make_candidate, make_user

TOLD = Qualifications(("cpc", "crc"), 3, {"urology": 1}, "IA")
PATH = "/me/qualifications"


@pytest.fixture
def candidate(session, client, now):
    candidate = make_candidate(session)
    qualify(session, candidate, TOLD, now.date())
    client.sign_in(candidate.user)
    return candidate


@pytest.fixture
def held(session, candidate, now):
    """What counts on a day, so many days from now."""

    def held(days=0):
        day = now.date() + timedelta(days=days)
        return qualifications_of(session, candidate.user_id, day).credentials

    return held


def answers(**days):
    found = {}
    for number, (slug, day) in enumerate(days.items()):
        found |= {f"rows-{number}-credential": slug, f"rows-{number}-expires_on": str(day)}
    return found


def test_it_is_for_candidates(client, session):
    assert client.get(PATH).location == f"/login?next={PATH}"
    client.sign_in(make_user(session, Role.EMPLOYER))
    assert client.get(PATH).status_code == 403


def test_who_told_nothing_is_led_to_the_form(client, session):
    client.sign_in(make_user(session))
    assert "/jobs/fit?next=/me/qualifications" in client.get(PATH).text


def test_what_was_told_is_shown(client, candidate):
    page = client.get(PATH).text
    for words in ("CPC is valid until", "CRC is valid until", "3 years", "1 year", "Iowa"):
        assert words in page


def test_a_credential_counts_up_to_its_last_day(client, candidate, held, now):
    assert client.post(PATH, data=answers(cpc=now.date(), crc="")).status_code == 303
    assert held() == ("cpc", "crc")
    assert held(days=1) == ("crc",)


def test_an_expired_credential_is_said_to_be_so(client, candidate, held, now):
    client.post(PATH, data=answers(cpc=now.date() - timedelta(days=1)))
    assert "It has expired" in client.get(PATH).text
    assert held() == ("crc",)


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "99999-01-01"])
def test_nonsense_is_refused_and_kept(client, candidate, held, day):
    page = client.post(PATH, data=answers(cpc=day))
    assert (page.status_code, held(days=9999)) == (422, ("cpc", "crc"))
    assert f'value="{day}"' in page.text


def test_a_credential_that_is_not_held_is_not_added(client, candidate, held):
    client.post(PATH, data=answers(rhia="2030-01-01", nonsense=""))
    assert held() == ("cpc", "crc")


def test_anothers_days_stay(client, session, candidate, now):
    other = make_candidate(session)
    qualify(session, other, TOLD, now.date())
    client.post(PATH, data=answers(cpc=now.date()))
    assert [one.expires_on for one in credentials_of(session, other.user_id)] == [None, None]


def test_telling_again_keeps_a_day_that_is_to_come(session, candidate, held, now):
    keep_expiries(session, candidate, {"cpc": now.date() + timedelta(days=5)})
    qualify(session, candidate, TOLD, now.date())
    assert held(days=6) == ("crc",)


def test_telling_what_has_expired_again_renews_it(session, candidate, held, now):
    keep_expiries(session, candidate, {"cpc": now.date() - timedelta(days=5)})
    qualify(session, candidate, Qualifications(("crc",)), now.date())
    assert [one.credential for one in credentials_of(session, candidate.user_id)] == ["cpc", "crc"]
    qualify(session, candidate, TOLD, now.date())
    assert held(days=999) == ("cpc", "crc")
