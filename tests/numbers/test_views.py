"""The numbers of an employer's postings."""

import csv
from io import StringIO

import pytest

from careercenter.insights.models import Act, Source
from careercenter.insights.usecases import add_reach
from careercenter.postings.models import PostingStatus
from careercenter.web.spreadsheets import csv_lines
from tests.factories import make_employer, make_posting, owner_of


@pytest.fixture
def posting(session, client):
    posting = make_posting(session, title="=HYPERLINK(1) coder")
    client.sign_in(owner_of(session, posting.employer))
    return posting


@pytest.fixture
def seen(session, posting, now):
    counts = {
        (posting.id, now.date(), Source.SEARCH, Act.IMPRESSION): 40,
        (posting.id, now.date(), Source.SEARCH, Act.VIEW): 10,
    }
    add_reach(session, counts)
    return posting


def rows(response):
    return list(csv.reader(StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))


def test_a_posting_tells_how_far_it_reached(client, seen):
    page = client.get(f"/hire/postings/{seen.id}/numbers").text
    assert "25% of those who saw it" in page
    assert "A search here" in page


def test_before_anybody_saw_it_the_page_says_so(client, posting):
    assert "Nobody has seen it" in client.get(f"/hire/postings/{posting.id}/numbers").text


def test_the_days_come_as_a_file(client, seen):
    answer = client.get(f"/hire/postings/{seen.id}/numbers.csv")
    head, *days = rows(answer)
    assert head == ["Day", "Seen in lists", "Opened", "Began to apply", "Applied"]
    assert len(days) == 30
    assert sum(int(day[2]) for day in days) == 10
    assert answer.headers["Content-Disposition"] == f'attachment; filename="posting-{seen.id}.csv"'


def test_all_postings_come_as_a_file(client, seen, session):
    make_posting(session, PostingStatus.DRAFT, employer=seen.employer, title="Draft")
    make_posting(session, employer=make_employer(session), title="Not mine")
    _, *found = rows(client.get("/hire/numbers.csv"))
    assert {row[1]: row[5:7] for row in found} == {
        "Draft": ["0", "0"],
        "'=HYPERLINK(1) coder": ["40", "10"],
    }


@pytest.mark.parametrize("path", ["numbers", "numbers.csv"])
def test_anothers_posting_is_not_found(client, posting, session, path):
    other = make_posting(session, employer=make_employer(session))
    assert client.get(f"/hire/postings/{other.id}/{path}").status_code == 404


def test_a_cell_a_spreadsheet_would_reckon_with_is_kept_as_text():
    (line,) = csv_lines([("=1+1", "+1", "-2", "@SUM", "\tx", "a", -3)])
    assert line == "\ufeff" + '"\'=1+1","\'+1","\'-2","\'@SUM","\'\tx","a","-3"' + "\r\n"
