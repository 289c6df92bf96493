"""The search page where it helps on: nothing found, many values, several places, how it orders."""

import html
import json
import re
from pathlib import Path

from careercenter.accounts.models import Role
from careercenter.postings.models import Apprentice
from tests.factories import make_employer, make_posting, make_user
from tests.listings.test_searching import CHICAGO, WATERLOO
from tests.listings.test_views import titles, total

RANKING = Path(__file__).parents[2] / "docs" / "ranking.md"


def offered(page) -> dict[str, str]:
    """What is offered where nothing was found: words → how many jobs."""
    empty = page.text.partition('class="empty"')[2].partition("See all jobs")[0]
    found = re.findall(r">([^<]+)</a>: ([\d,]+) job", empty)
    return {html.unescape(text): count for text, count in found}


def test_with_no_hit_the_words_may_go_instead_of_the_filters(visitor, session):
    make_posting(session, title="Coder", specialties=("urology",))
    page = visitor.get("/jobs?q=zzzqqq&specialty=urology")
    assert offered(page) == {"Without “zzzqqq”": "1"}


def test_with_no_hit_all_filters_may_go_at_once(visitor, session):
    make_posting(session, title="Inpatient coder", specialties=("urology",))
    page = visitor.get("/jobs?q=inpatient&specialty=cardiology&apprentice=yes&setting=onsite")
    assert offered(page) == {"Only “inpatient”": "1"}


def test_with_no_hit_a_filter_goes_with_all_its_values(visitor, session):
    make_posting(session, specialties=("urology",))
    page = visitor.get("/jobs?setting=onsite&setting=hybrid&specialty=urology")
    assert offered(page) == {"Without “On site or Hybrid”": "1"}


def test_with_no_hit_at_all_each_filter_stands_alone(visitor, session):
    make_posting(session, specialties=("urology",), apprentice=Apprentice.NO)
    page = visitor.get("/jobs?q=zzzqqq&specialty=urology&setting=onsite&apprentice=yes")
    assert offered(page) == {"Only “Urology”": "1"}


def test_each_place_can_be_taken_away(visitor, session):
    make_posting(session, title="Iowa", setting="onsite", place=WATERLOO, states=())
    make_posting(session, title="Illinois", setting="onsite", place=CHICAGO, states=())
    page = visitor.get("/jobs?where=50701;60601")
    assert sorted(titles(page)) == ["Illinois", "Iowa"]
    assert 'href="/jobs?where=60601"' in page.text
    assert 'href="/jobs?where=50701"' in page.text


def test_with_no_hit_all_places_go_together(visitor, session):
    make_posting(session, setting="remote-us", states=())
    page = visitor.get("/jobs?where=50701;60601")
    assert offered(page) == {"Without “50701 or 60601”": "1"}


def test_of_very_many_values_the_first_hundred_are_shown_and_the_rest_can_be_searched(
    visitor, session
):
    for number in range(103):
        name = f"Hospital {number:03}"
        employer = make_employer(session, name=name, slug=f"hospital-{number:03}")
        make_posting(session, employer=employer)
    page = visitor.get("/jobs?more=employer&employer=hospital-102").text
    assert len(re.findall(r'type="checkbox" id="employer-', page)) == 100
    assert "These are the 100 with the most jobs, of 103." in page
    assert 'value="hospital-102" form="search" checked' in page
    assert page.count("These are the") == 1


def test_the_panel_of_filters_is_open_where_one_is_shown_whole(visitor, session):
    make_posting(session)
    assert '<details class="filters" id="filters" open>' in visitor.get("/jobs?more=employer").text
    assert '<details class="filters" id="filters">' in visitor.get("/jobs").text


def test_a_change_keeps_the_facet_that_is_shown_whole(visitor, session):
    make_posting(session)
    page = visitor.get("/jobs?more=employer&find=o%22m").text
    vals = html.unescape(re.search(r'data-hx-vals="([^"]+)"', page)[1])
    assert json.loads(vals) == {"more": "employer", "find": 'o"m'}
    assert "data-hx-vals" not in visitor.get("/jobs").text


def test_the_same_from_home_is_offered_with_its_count(visitor, session):
    make_posting(session, title="Coder", setting="remote-us", states=())
    make_posting(session, title="Coder", setting="onsite", place=WATERLOO, states=())
    related = visitor.get("/jobs?q=coder").text.partition('aria-label="Related searches"')[2]
    href, count = re.search(r'href="([^"]+)"[^>]*>The same, remote .*?>(\d+)<', related).groups()
    assert count == "1"
    assert total(visitor.get(html.unescape(href))) == 1
    assert "The same, remote" not in visitor.get("/jobs").text


def test_paging_keeps_the_search(visitor, session):
    for _ in range(41):
        make_posting(session, title="Coder", specialties=("urology",))
    page = visitor.get("/jobs?q=coder&specialty=urology&page=2").text
    assert 'href="/jobs?q=coder&amp;specialty=urology" rel="prev"' in page
    assert 'href="/jobs?q=coder&amp;specialty=urology&amp;page=3" rel="next"' in page
    assert 'href="/jobs?page=2" rel="next"' in visitor.get("/jobs").text


def test_what_is_hidden_is_said_where_nothing_else_is_found(visitor, session):
    posting = make_posting(session)
    visitor.post(f"/jobs/hidden/{posting.id}")
    page = visitor.get("/jobs").text
    assert "1 hidden by you" in page
    assert 'href="/jobs?hidden=show"' in page


def test_a_candidate_costs_few_statements_more(visitor, session, asked):
    candidate = make_user(session, Role.CANDIDATE)
    for _ in range(20):
        make_posting(session, specialties=("urology",))
    visitor.sign_in(candidate)
    visitor.get("/jobs?q=urology")
    session.expunge_all()
    asked.clear()
    visitor.get("/jobs?q=urology&employer=x")
    assert 0 < len(asked) <= 9


def test_what_a_value_is_called_is_escaped(app):
    with app.test_request_context():
        made = app.jinja_env.from_string("{{ choices|boxes('employer') }}").render(
            choices=[Choice('"><b>', "<script>", 1024, True), Choice("plain", "A & B", None, False)]
        )
    assert "<b>" not in made
    assert "<script>" not in made
    assert 'checked><label for="employer-&#34;&gt;&lt;b&gt;">' in made
    assert "1,024</span></label></div>" in made
    assert made.endswith("<span>A &amp; B</span></label></div>\n")


class Choice:
    def __init__(self, value: str, label: str, count: int | None, selected: bool) -> None:
        self.value, self.label, self.count, self.selected = value, label, count, selected


def test_how_results_are_ranked_is_said_on_a_page_in_the_words_of_the_docs(visitor, session):
    make_posting(session)
    page = visitor.get("/jobs/order").text
    shown = re.sub(r"<[^>]+>", "", page.partition('id="ranking">')[2].partition("</div>")[0])
    written = RANKING.read_text().partition("\n")[2]
    assert plain(html.unescape(shown)) == plain(re.sub(r"(?m)^\d\. ", "", written))
    assert 'href="/jobs/order"' in visitor.get("/jobs").text


def plain(words: str) -> str:
    return " ".join(words.replace("**", "").replace("`", "").split())
