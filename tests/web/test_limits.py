"""Programs that read everything, or guess at addresses, are held back; people are not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from careercenter.extensions import login_manager
from careercenter.web import limits
from careercenter.web.errors import register_error_pages
from careercenter.web.limits import AT_ONCE, MINUTE, MOST_LOST, Lost, Pace, register_limits

SECOND = timedelta(seconds=1)


def test_a_burst_is_fine_and_then_five_a_second(now):
    pace = Pace(5, 100)
    assert all(pace.takes("a", now) for _ in range(100))
    assert not pace.takes("a", now)
    assert [pace.takes("a", now + SECOND) for _ in range(6)] == [True] * 5 + [False]
    assert pace.takes("b", now)


def test_twenty_a_second_are_held_back_and_four_are_not(now):
    fast, slow = Pace(5, 100), Pace(5, 100)
    quick = [fast.takes("a", now + SECOND * n / 20) for n in range(600)]
    assert sum(quick) == pytest.approx(100 + 5 * 30, abs=2)
    assert all(slow.takes("a", now + SECOND * n / 4) for n in range(600))


def test_the_clock_may_go_back(now):
    pace = Pace(5, 1)
    pace.takes("a", now)
    assert not pace.takes("a", now - timedelta(hours=1))


def test_fifty_lost_pages_in_a_minute_are_enough(now):
    lost = Lost(MOST_LOST, MINUTE)
    for _ in range(MOST_LOST - 1):
        lost.count("a", now)
    assert lost.waits("a", now) == 0
    lost.count("a", now)
    assert (lost.waits("a", now + SECOND * 20), lost.waits("b", now)) == (41, 0)
    assert lost.waits("a", now + MINUTE) == 0
    lost.count("a", now + MINUTE)
    assert lost.waits("a", now + MINUTE) == 0


@pytest.mark.parametrize("counter", [Pace(5, 100).takes, Lost(50, MINUTE).count])
def test_what_is_remembered_has_an_end(counter, now, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CALLERS", 10)
    for n in range(50):
        counter(str(n), now)
    kept = counter.__self__
    assert len(getattr(kept, "_left", None) or kept._counts) == 10


@pytest.fixture
def held(settings, made_app):
    """A small app that holds back, with the board's own error page."""
    app = Flask("held", template_folder=made_app.template_folder)
    app.config |= made_app.config
    app.jinja_env.globals |= made_app.jinja_env.globals
    app.jinja_env.globals["url_for"] = lambda *_, **__: "/"
    app.jinja_env.filters |= made_app.jinja_env.filters
    login_manager.init_app(app)
    register_error_pages(app)
    register_limits(app, replace(settings, flood_limits=True))
    app.add_url_rule("/jobs", view_func=lambda: "fine")
    return app.test_client()


def test_a_visitor_who_reads_too_fast_is_told_when_to_come_back(held):
    answers = [held.get("/jobs").status_code for _ in range(AT_ONCE + 30)]
    assert (answers[:AT_ONCE], answers[-1]) == ([200] * AT_ONCE, 429)


def test_guessing_at_addresses_ends(held):
    answers = [held.get(f"/hire/checkouts/{n}").status_code for n in range(MOST_LOST + 1)]
    assert answers == [404] * MOST_LOST + [429]
    assert held.get("/jobs").headers["Retry-After"]
