"""The map: what it counts, and that it can be read by everybody."""

import math
import re
from collections import Counter
from pathlib import Path

import pytest

from careercenter.landings.country import CLASSES, ON_SITE, POSITIONS, classes_of, draw
from careercenter.listings.documents import ANYWHERE
from careercenter.postings.models import Place
from tests.factories import make_employer, make_posting
from tests.web.test_tokens import contrast, themes

LANDINGS = (Path(__file__).parents[2] / "static/css/landings.css").read_text()
HERE = Place("Waterloo", "IA", "50701", 42.5, -92.3)


@pytest.fixture
def some(session):
    """Two places of work in Iowa, remote work for two states, for all, and for who knows where."""
    employer = make_employer(session)
    for setting in ("onsite", "hybrid"):
        make_posting(session, employer=employer, setting=setting, states=(), place=HERE)
    make_posting(session, employer=employer, setting="remote-listed-states", states=("IA", "TX"))
    make_posting(session, employer=employer, setting="remote-us", states=())
    make_posting(session, employer=employer, setting="remote-us", states=("TX", "PR"))
    make_posting(session, employer=employer, setting="remote-near-site", states=(), place=HERE)
    make_posting(session, employer=employer, setting="remote-in-state", states=())


def told(page) -> dict[str, int]:
    """State → count, by the tiles; the table must say the same."""
    tiles = dict(re.findall(r'aria-label="([^:"]+): ([\d,]+) jobs?"', page.text))
    table = dict(re.findall(r'<a href="[^"]+">([^<]+)</a></th><td[^>]+>([\d,]+)<', page.text))
    assert {name: table[name] for name in tiles} == tiles
    return {name: int(count) for name, count in table.items() if count != "0"}


def test_the_grid_holds_every_state_once():
    assert set(ANYWHERE) <= set(POSITIONS)
    assert max(Counter(POSITIONS.values()).values()) == 1
    assert all(0 <= x < 11 and 0 <= y < 8 for x, y in POSITIONS.values())


@pytest.mark.parametrize("down", [False, True])
def test_it_shows_where_on_site_work_is(visitor, listings, some, down):
    listings.down = down
    assert told(visitor.get("/jobs/map")) == {"Iowa": 2}


@pytest.mark.parametrize("down", [False, True])
def test_it_shows_which_states_remote_work_allows(visitor, listings, some, down):
    listings.down = down
    page = visitor.get("/jobs/map?view=remote")
    counts = told(page)
    assert (counts["Iowa"], counts["Texas"], counts["Puerto Rico"], counts["Ohio"]) == (3, 3, 1, 1)
    assert "1 more job names no state." in page.text
    assert ("is not answering" in page.text) == down


@pytest.mark.parametrize("view", ["on-site", "remote"])
def test_each_state_leads_to_as_many(visitor, some, view):
    page = visitor.get(f"/jobs/map?view={view}")
    tiles = re.findall(
        r'<a href="(/jobs\?[^"]+)" class="tile[^>]+aria-label="[^:]+: (\d+)', page.text
    )
    silent = re.findall(r'<a href="(/jobs\?[^"]+)">(\d+) more job', page.text)
    for href, count in [pair for pair in tiles if pair[1] in "23"] + silent:
        assert f"<b>{count} job" in visitor.get(href.replace("&amp;", "&")).text, href


def test_a_strange_view_is_the_first(visitor):
    assert "Where on-site and hybrid" in visitor.get("/jobs/map?view=<x>").text


@pytest.mark.parametrize(
    ("address", "plain"),
    [("", ""), ("?view=on-site", ""), ("?view=x", ""), ("?view=remote", "?view=remote")],
)
def test_a_view_has_one_address(visitor, address, plain):
    page = visitor.get(f"/jobs/map{address}").text
    assert f'<link rel="canonical" href="http://localhost/jobs/map{plain}">' in page


def test_the_views_lead_to_each_other_and_the_table_can_be_jumped_to(visitor):
    page = visitor.get("/jobs/map").text
    assert 'href="/jobs/map?view=remote"' in page
    assert 'href="#states"' in page
    assert 'id="states"' in page


@pytest.mark.parametrize(
    ("counts", "spans"),
    [
        ([], []),
        ([0, 0], []),
        ([7, 7, 7], [(7, 7)]),
        ([1, 2, 3], [(1, 1), (2, 2), (3, 3)]),
        (range(1, 11), [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]),
        ([0, 1, 5, 9, 100, 2000, 2000, 2001], [(1, 1), (5, 5), (9, 9), (100, 100), (2000, 2001)]),
    ],
)
def test_counts_fall_into_five_classes_at_most(counts, spans):
    assert classes_of(counts) == spans


def test_a_tile_is_in_the_class_that_the_legend_gives_its_count():
    counts = {code: n * n for n, code in enumerate(ANYWHERE)}
    drawn = draw(counts, ON_SITE)
    assert len(drawn.legend) == CLASSES + 1
    spans = classes_of(counts.values())
    for state in drawn.tiles:
        low, high = spans[state.level - 1] if state.level else (0, 0)
        assert low <= state.count <= high


def mixed(theme: dict, level: int) -> tuple[float, float, float]:
    """The colour of a tile, as color-mix(in oklab) makes it of accent and paper."""
    rule = re.search(rf"\.level-{level} {{ --tile: ([^;]+);", LANDINGS)[1]
    if found := re.fullmatch(r"var\(--([a-z-]+)\)", rule):
        return theme[found[1]]
    share = int(re.search(r"var\(--accent\) (\d+)%, var\(--paper\)", rule)[1]) / 100
    accent, paper = (cartesian(theme[name]) for name in ("accent", "paper"))
    light, a, b = (x * share + y * (1 - share) for x, y in zip(accent, paper, strict=True))
    return light, math.hypot(a, b), math.degrees(math.atan2(b, a))


def cartesian(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    """oklch → oklab"""
    light, chroma, hue = colour[0], colour[1], math.radians(colour[2])
    return light, chroma * math.cos(hue), chroma * math.sin(hue)


@pytest.mark.parametrize("level", range(CLASSES + 1))
def test_what_is_written_on_a_tile_is_readable(level):
    text = re.search(rf"\.level-{level} {{ .*--on-tile: var\(--([a-z-]+)\)", LANDINGS)[1]
    for name, theme in themes().items():
        assert contrast(theme[text], mixed(theme, level)) >= 4.5, name
