"""Pages for everybody, and what machines ask about the board's health."""

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.accounts.access import safe_next
from careercenter.config import Settings
from careercenter.employers.queries import moved_to
from careercenter.extensions import csrf, db
from careercenter.insights import records
from careercenter.insights.access import count_seen
from careercenter.insights.models import Source
from careercenter.insights.queries import record_of
from careercenter.landings.queries import Board, pay_quartiles, popular
from careercenter.listings.access import this_visitor
from careercenter.listings.index import Facet, Health, ListingSearch
from careercenter.listings.queries import cards_of, newest
from careercenter.pages import gateway, queries
from careercenter.pages.models import HOME_FACETS, POPULAR, honest_facts, starting_points
from careercenter.pages.structured_data import organization, website
from careercenter.plans.queries import on_sale, posting_plan
from careercenter.postings.queries import public_employer
from careercenter.verification.queries import facts_of
from careercenter.web.rendering import render

blueprint = Blueprint("pages", __name__)

NEWEST = 10
THEMES = frozenset({"light", "dark"})
THEME_SECONDS = 31_536_000
LAST_PAGE = 1_000_000


@blueprint.get("/")
def home() -> ResponseReturnValue:
    now = clock.now()
    results = newest(_engine(), db.session, NEWEST, HOME_FACETS, now)
    count_seen([hit.id for hit in results.hits], Source.HOME)
    plan = posting_plan(db.session)
    return render(
        "pages/home.html",
        starts=starting_points(results.facets),
        cards=cards_of(db.session, results, now, this_visitor()),
        facts=honest_facts(results, plan.days if plan else 30),
        topics=popular(current_app.extensions["places"], results.facets, POPULAR),
        structured=[website(_settings().base_url), organization(_settings().base_url)],
        plan=plan,
    )


@blueprint.get("/employers")
def employers() -> ResponseReturnValue:
    page = queries.hiring_page(db.session, _page(), clock.now())
    return render("pages/employers.html", hiring=page)


@blueprint.get("/employers/<slug>")
def employer(slug: str) -> ResponseReturnValue:
    if moved := moved_to(db.session, slug):
        return redirect(url_for(".employer", slug=moved), 308)
    found = public_employer(db.session, slug)
    places, visitor = current_app.extensions["places"], this_visitor()
    board = Board(_engine(), db.session, places, clock.now(), visitor)
    page = queries.live_page(board, slug, _page())
    count_seen([card.id for card in page.items], Source.EMPLOYER)
    return render(
        "pages/employer.html",
        employer=found,
        checked=facts_of(db.session, found),
        record=record_of(db.session, found.id, board.now),
        listings=page,
        pay=pay_quartiles(board, {Facet.EMPLOYER: frozenset({slug})}, page.total),
    )


@blueprint.get("/employer-records")
def employer_records() -> ResponseReturnValue:
    """How the figures on employers' pages are counted."""
    return render("pages/records.html", least=records.LEAST, grace=records.GRACE.days)


@blueprint.get("/pricing")
def pricing() -> ResponseReturnValue:
    plans = on_sale(db.session)
    return render("pages/pricing.html", plans=plans, single=posting_plan(db.session))


@blueprint.get("/safety")
def safety() -> ResponseReturnValue:
    return render("pages/safety.html")


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    return render("pages/privacy.html")


@blueprint.get("/credits")
def credits() -> ResponseReturnValue:
    return render("pages/credits.html")


@blueprint.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    return render("styleguide.html")


@blueprint.post("/theme")
@csrf.exempt
def set_theme() -> ResponseReturnValue:
    """A colour is nobody's secret, and visitors' pages carry no token."""
    response = redirect(safe_next(request.form.get("next"), url_for(".home")), 303)
    theme = request.form.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            "theme",
            theme,
            max_age=THEME_SECONDS,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )
    return response


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    return {"status": "ok"}, 200, {"Cache-Control": "no-store"}


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Ready means the database is: without the rest the board does less, but loses nothing."""
    database = queries.database_state(db.session)
    db.session.rollback()  # nothing is open while the others are asked
    health = gateway.index_health(_engine())
    checks = {
        "database": database.answers,
        "migrations": database.migrated,
        "index": health is not None,
        "mail": current_app.extensions["mail_check"].answers(clock.now()),
        "files": gateway.files_answer(current_app.extensions["storage"]),
    }
    able = database.answers and database.migrated
    status = ("ok" if all(checks.values()) else "degraded") if able else "unavailable"
    told = {name: "ok" if fine else "down" for name, fine in checks.items()}
    headers = {"Cache-Control": "no-store"} | ({} if able else {"Retry-After": "5"})
    return (
        {"status": status, "checks": told, "index": _index(health, database.seq)},
        200 if able else 503,
        headers,
    )


def _index(health: Health | None, seq: int) -> dict[str, int]:
    """How much the index holds, and how many changes it has yet to follow."""
    if health is None:
        return {}
    return {"documents": health.documents, "behind": max(0, seq - health.seq)}


def _page() -> int:
    """Page 1 for what is no page number."""
    typed = request.args.get("page", "")
    number = int(typed[:9]) if typed.isascii() and typed.isdigit() else 1
    return min(max(1, number), LAST_PAGE)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _engine() -> ListingSearch:
    engine: ListingSearch = current_app.extensions["listings"]
    return engine
