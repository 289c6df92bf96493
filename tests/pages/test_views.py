"""Home, employers, pricing and the other pages for everybody."""

import re
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from careercenter.pages import queries
from careercenter.pages.gateway import KEPT, MailCheck
from careercenter.postings.models import Apprentice, PostingStatus
from tests.factories import make_employer, make_posting, make_user

PLAIN = ["/", "/employers", "/pricing", "/safety", "/privacy", "/credits", "/styleguide"]


def start(page, text) -> str:
    """The count beside a starting point."""
    return re.search(rf"<span>{text}</span> <b>([\d,]+)</b>", page.text)[1]


@pytest.mark.parametrize("path", PLAIN)
def test_every_page_stands_on_an_empty_board(visitor, path):
    assert visitor.get(path).status_code == 200


@pytest.mark.parametrize("path", PLAIN)
def test_a_visitors_page_has_no_token(visitor, path):
    page = visitor.get(path)
    assert "csrf_token" not in page.text
    assert "Set-Cookie" not in page.headers


def test_the_front_page_counts_where_to_start(visitor, session):
    make_posting(session, role="coding-auditor", apprentice=Apprentice.YES)
    make_posting(session, role="drg-validator", coding_types=("facility-inpatient",))
    make_posting(session, setting="onsite", states=())
    make_posting(session, PostingStatus.CLOSED, role="coding-auditor")
    page = visitor.get("/")
    assert start(page, "Remote") == "2"
    assert start(page, "Apprentices welcome") == "1"
    assert start(page, "Inpatient") == "1"
    assert start(page, "Auditing") == "2"


def test_each_starting_point_leads_to_as_many_jobs(visitor, session):
    make_posting(session, role="coding-auditor", apprentice=Apprentice.YES)
    make_posting(session, coding_types=("risk-adjustment",), setting="hybrid", states=())
    page = visitor.get("/")
    links = re.findall(r'<a href="(/jobs\?[^"]+)"><span>[^<]+</span> <b>(\d+)</b>', page.text)
    assert len(links) == 6
    for href, count in links:
        assert f"<b>{count} job" in visitor.get(href.replace("&amp;", "&")).text


def test_the_front_page_shows_the_newest_ten(visitor, session, now):
    employer = make_employer(session)
    for day in range(12):
        make_posting(session, employer=employer, title=f"Day {day}", now=now - timedelta(days=day))
    page = visitor.get("/").text
    assert re.findall(r">Day (\d+)<", page) == [str(day) for day in range(10)]


def test_the_facts_are_counted(visitor, session):
    make_posting(session, apprentice=Apprentice.NO)
    make_posting(session, apprentice=Apprentice.CASE_BY_CASE, states=())
    page = visitor.get("/").text
    assert '<p class="stat-value">2</p><p class="stat-label">jobs live now</p>' in page
    assert '50%</p><p class="stat-label">say where you may live' in page
    assert '50%</p><p class="stat-label">say yes or no to apprentices' in page


def test_without_the_engine_the_front_page_shows_the_newest_uncounted(visitor, listings, session):
    posting = make_posting(session)
    listings.down = True
    page = visitor.get("/").text
    assert posting.title in page
    assert "<span>Inpatient</span>" in page
    assert "<span>Inpatient</span> <b>" not in page


def test_employers_are_listed_with_their_live_jobs(visitor, session):
    employer = make_employer(session, name="Mercy & Sons", city="Ames", state="IA")
    make_posting(session, employer=employer)
    make_posting(session, employer=employer)
    make_posting(session, PostingStatus.CLOSED)
    page = visitor.get("/employers").text
    assert "Mercy &amp; Sons" in page
    assert "Ames, IA" in page
    assert page.count('<th scope="row">') == 1


@pytest.mark.parametrize("page", ["2", "99999999999"])
def test_beyond_the_last_page_there_is_nothing(visitor, page):
    assert visitor.get(f"/employers?page={page}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "1.5"])
def test_what_is_no_page_number_is_page_one(visitor, page):
    assert visitor.get(f"/employers?page={page}").status_code == 200


def test_an_employers_page_shows_what_is_live(visitor, session):
    employer = make_employer(session, about="We **care**.", website="https://mercy.test")
    live = make_posting(session, employer=employer, title="Live one")
    make_posting(session, PostingStatus.CLOSED, employer=employer, title="Closed one")
    page = visitor.get(f"/employers/{employer.slug}").text
    assert live.title in page
    assert "<strong>care</strong>" in page
    assert 'href="https://mercy.test"' in page
    assert "Closed one" not in page


def test_an_employer_whom_no_moderator_has_seen_has_no_page(visitor, session):
    employer = make_employer(session)
    make_posting(session, PostingStatus.IN_REVIEW, employer=employer)
    assert visitor.get(f"/employers/{employer.slug}").status_code == 404
    assert visitor.get("/employers/no-such").status_code == 404


def test_a_strange_website_is_no_link(visitor, session):
    employer = make_employer(session, website="data:text/html,x")
    make_posting(session, employer=employer)
    assert "data:text" not in visitor.get(f"/employers/{employer.slug}").text


def test_the_price_is_the_settings(visitor):
    page = visitor.get("/pricing").text
    assert "$249" in page
    assert "30 days" in page


def test_the_theme_is_kept_and_one_goes_on_reading(visitor):
    answer = visitor.post("/theme", data={"theme": "dark", "next": "/jobs?q=cpc"})
    assert (answer.status_code, answer.location) == (303, "/jobs?q=cpc")
    assert "theme=dark" in answer.headers["Set-Cookie"]
    assert 'data-theme="dark"' in visitor.get("/").text


@pytest.mark.parametrize("target", ["https://evil.test", "//evil.test", "/\\evil.test", "", "jobs"])
def test_the_theme_leads_nowhere_else(visitor, target):
    assert visitor.post("/theme", data={"theme": "dark", "next": target}).location == "/"


def test_a_theme_that_is_none_is_not_kept(visitor):
    answer = visitor.post("/theme", data={"theme": "pink"})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (303, False)


def test_somebodys_page_is_never_kept(visitor, session):
    visitor.sign_in(make_user(session))
    assert visitor.get("/").headers["Cache-Control"] == "no-store"


def test_it_is_alive(client):
    assert client.get("/healthz").json == {"status": "ok"}


def test_it_is_ready(visitor):
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "ok")
    assert set(answer.json["checks"]) == {"database", "migrations", "index", "mail", "files"}
    assert answer.json["index"]["behind"] == 0


def test_readiness_tells_how_far_the_index_is_behind(visitor, session):
    make_posting(session)
    visitor.get("/jobs")
    make_posting(session)
    assert visitor.get("/readyz").json["index"] == {"documents": 1, "behind": 1}


def test_without_the_index_it_does_less_but_is_ready(visitor, listings):
    listings.down = True
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "degraded")
    assert answer.json["checks"]["index"] == "down"


def test_with_another_shape_of_database_it_is_not_ready(visitor, monkeypatch):
    state = queries.DatabaseState(answers=True, migrated=False)
    monkeypatch.setattr(queries, "database_state", lambda session: state)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json["checks"]["migrations"]) == (503, "down")


def test_without_the_database_it_is_not_ready(visitor, session, monkeypatch):
    def away(*_):
        raise OperationalError("SELECT", {}, Exception("the secret address of the server"))

    monkeypatch.setattr(session, "connection", away)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "unavailable")
    assert "secret" not in answer.text


def test_the_mail_server_is_asked_at_most_once_in_a_while(settings, now):
    """Health is asked for by machines, and more often than a mail server likes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        check = MailCheck(replace(settings, smtp_url=f"smtp://127.0.0.1:{port}"))
        assert check.answers(now)
    assert check.answers(now + KEPT / 2)
    assert not check.answers(now + KEPT)
