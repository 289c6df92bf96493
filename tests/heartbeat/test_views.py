"""The pages behind the links, and the letters that hold them."""

from datetime import timedelta

import pytest

from careercenter.accounts.tokens import RowTokens
from careercenter.heartbeat import usecases
from careercenter.heartbeat.handlers import letters
from careercenter.heartbeat.models import LINK_AGE, LINK_PURPOSE
from careercenter.mail import compose
from careercenter.postings.models import PostingStatus
from tests.factories import owner_of


@pytest.mark.parametrize(
    ("answer", "status"), [("hiring", "published"), ("filled", "filled"), ("paused", "paused")]
)
def test_a_link_leads_to_one_button_and_looking_changes_nothing(
    client, session, asked, link, answer, status
):
    heartbeat = asked()
    address = link(heartbeat, answer)
    page = client.get(address)
    assert page.status_code == 200
    assert page.text.count(f'action="{address}"') == 1
    assert heartbeat.posting.status is PostingStatus.PUBLISHED
    done = client.post(address, follow_redirects=True)
    assert "Thank you" in done.text
    assert heartbeat.posting.status == status
    assert client.post(address).status_code == 303


def test_a_link_that_was_changed_or_is_old_says_so(client, asked, link, settings, monkeypatch):
    address = link(asked(), "filled")
    assert client.get(address.replace("/heartbeats/", "/heartbeats/x")).status_code == 400
    monkeypatch.setattr("careercenter.heartbeat.views.LINK_AGE", timedelta(seconds=-2))
    for act in (client.get, client.post):
        answer = act(address)
        assert answer.status_code == 400
        assert "That link is invalid or has expired." in answer.text


def test_a_question_that_is_gone_is_not_found(client, settings):
    token = RowTokens(settings, LINK_PURPOSE, LINK_AGE).make(999)
    assert client.get(f"/heartbeats/{token}/hiring").status_code == 404


def test_another_answer_is_a_conflict(client, asked, link):
    heartbeat = asked()
    client.post(link(heartbeat, "hiring"))
    assert client.post(link(heartbeat, "filled")).status_code == 409
    assert "Thank you" in client.get(link(heartbeat, "filled")).text


def test_a_job_that_has_left_the_board_has_no_button(client, asked, link, now):
    heartbeat = asked()
    heartbeat.posting.close(now)
    page = client.get(link(heartbeat, "hiring"))
    assert "has left the board" in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]


def test_the_letter_has_three_links_that_work(app, client, session, settings, asked, now):
    heartbeat = asked()
    letter = letters(settings)["still_hiring"](session, str(heartbeat.id), now)
    message = compose(app, settings, letter)
    assert message["To"] == owner_of(session, heartbeat.posting.employer).email
    for part in message.iter_parts():
        for answer in ("hiring", "filled", "paused"):
            address = f"http://localhost/heartbeats/{letter.context['token']}/{answer}"
            assert address in part.get_content().replace("=\n", "")
            assert client.get(address).status_code == 200


def test_a_letter_that_has_nothing_to_ask_is_not_sent(session, settings, asked, now):
    heartbeat = asked()
    heartbeat.posting.close(now)
    assert letters(settings)["still_hiring"](session, str(heartbeat.id), now) is None


def test_the_letter_about_the_pause_leads_back(app, client, session, settings, asked, link, now):
    heartbeat = asked()
    usecases.lapse(session, now + timedelta(days=3))
    letter = letters(settings)["paused_unanswered"](session, str(heartbeat.id), now)
    assert "Paused: " in compose(app, settings, letter)["Subject"]
    page = client.get(link(heartbeat, "hiring")).text
    assert "It has lost none of its days." in page


def test_the_listing_says_when_it_was_confirmed(client, session, asked, link, now):
    heartbeat = asked()
    posting = heartbeat.posting
    address = f"/jobs/{posting.id}-{posting.slug}"
    assert "Confirmed by the employer" not in client.get(address).text
    client.post(link(heartbeat, "hiring"))
    assert "Confirmed by the employer" in client.get(address).text


def test_the_desk_says_why_it_is_paused(desk, session, asked, now):
    heartbeat = asked()
    usecases.lapse(session, now + timedelta(days=3))
    page = desk.get(f"/hire/postings/{heartbeat.posting_id}").text
    assert "we heard nothing for three days" in page
    assert "No answer: paused" in page


def test_the_listing_says_how_often_it_was_reposted(client, session, running):
    posting = running()
    posting.reposts = 2
    assert "reposted 2 times" in client.get(f"/jobs/{posting.id}-{posting.slug}").text
