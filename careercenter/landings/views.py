"""Landing pages, their directory, and the map of the states."""

from dataclasses import replace

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.config import Settings
from careercenter.extensions import db
from careercenter.insights.access import count_seen
from careercenter.insights.models import Source
from careercenter.landings import country, queries
from careercenter.landings.models import Landing
from careercenter.landings.queries import Board
from careercenter.landings.state_counts import count_states
from careercenter.landings.structured_data import listing_list
from careercenter.landings.topics import find_topics, landing_url
from careercenter.listings.access import this_visitor
from careercenter.listings.structured_data import breadcrumbs
from careercenter.web.rendering import render

blueprint = Blueprint("landings", __name__)


@blueprint.get("/jobs/for")
def index() -> ResponseReturnValue:
    return render("landings/index.html", directory=queries.directory(_board()))


@blueprint.get("/jobs/for/<slug>")
@blueprint.get("/jobs/for/<slug>/<other>")
def show(slug: str, other: str = "") -> ResponseReturnValue:
    board = replace(_board(), visitor=this_visitor())
    topics = find_topics([part for part in (slug, other) if part], board.places)
    if landing_url(topics) != request.path:
        return redirect(landing_url(topics), 308)
    landing = queries.landing(board, topics)
    crumbs = _crumbs(landing)
    count_seen([card.id for card in landing.cards], Source.TOPIC)
    return render(
        "landings/show.html",
        landing=landing,
        crumbs=[*crumbs[:-1], (crumbs[-1][0], None)],
        structured=_structured(landing, crumbs),
    )


@blueprint.get("/jobs/map")
def country_map() -> ResponseReturnValue:
    view = country.VIEWS.get(request.args.get("view", ""), country.ON_SITE)
    counts, degraded = count_states(_board(), view)
    return render(
        "landings/map.html",
        view=view,
        views=[
            {"key": one.key, "text": one.tab, "url": _map_url(one)}
            for one in country.VIEWS.values()
        ],
        here=_map_url(view),
        map=country.draw(counts, view),
        degraded=degraded,
    )


def _map_url(view: country.View) -> str:
    """The first view has one address, the plain one."""
    return url_for(".country_map", view=None if view is country.ON_SITE else view.key)


def _crumbs(landing: Landing) -> list[tuple[str, str]]:
    """Jobs › all topics › CPC › Texas: names and paths."""
    first, *_ = landing.topics
    crumbs = [("Jobs", url_for("listings.search")), ("By topic", url_for(".index"))]
    if len(landing.topics) > 1:
        crumbs.append((first.name, landing_url((first,))))
    return [*crumbs, (landing.topics[-1].name, landing.url)]


def _structured(landing: Landing, crumbs: list[tuple[str, str]]) -> list[object]:
    settings: Settings = current_app.extensions["settings"]
    base = settings.base_url
    data: list[object] = [breadcrumbs([(name, base + path) for name, path in crumbs])]
    if landing.cards:
        data.append(listing_list([base + card.url for card in landing.cards]))
    return data


def _board() -> Board:
    extensions = current_app.extensions
    return Board(extensions["listings"], db.session, extensions["places"], clock.now())
