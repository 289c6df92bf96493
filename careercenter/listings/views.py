"""The public board: searching it, and reading one listing."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.config import Settings
from careercenter.extensions import db
from careercenter.insights.access import count_seen, count_view
from careercenter.insights.models import Source
from careercenter.insights.search_log import SearchLog
from careercenter.insights.volumes import Volumes, describe_middle
from careercenter.listings import queries
from careercenter.listings.access import this_visitor
from careercenter.listings.endings import ending_of
from careercenter.listings.fit import asked_by, fit_of
from careercenter.listings.forms import SearchForm
from careercenter.listings.index import ListingSearch, Sort
from careercenter.listings.models import Found, ListingView
from careercenter.listings.similar import similar_listings
from careercenter.listings.structured_data import breadcrumbs, job_posting
from careercenter.listings.suggestions import suggest_places, suggest_searches
from careercenter.listings.surroundings import surroundings
from careercenter.postings.models import Posting
from careercenter.postings.queries import public
from careercenter.saved.access import remember, this_device
from careercenter.web.rendering import render

blueprint = Blueprint("listings", __name__)

SORTS = {
    Sort.RELEVANCE: "best match",
    Sort.NEWEST: "newest",
    Sort.PAY: "highest pay",
    Sort.DISTANCE: "nearest",
}


@blueprint.get("/jobs")
def search() -> ResponseReturnValue:
    if (short := _without_blanks()) is not None:
        return redirect(short)
    criteria = SearchForm(request.args).criteria()
    visitor = this_visitor(visits=criteria.new)
    found = queries.find_listings(
        _engine(), db.session, criteria, _reference(), clock.now(), visitor=visitor
    )
    if criteria.q and criteria.page == 1 and not criteria.filtered and not found.degraded:
        searches: SearchLog = current_app.extensions["search_log"]
        searches.count(criteria.q, found.total)
    count_seen([card.id for card in found.cards], Source.SEARCH)
    return render(
        "listings/search.html",
        fragment="listings/_fragment.html",
        found=found,
        criteria=found.criteria,
        sorts=[(_sort_value(found, sort), SORTS[sort]) for sort in found.sorts],
        sort=_sort_value(found, found.sort),
    )


@blueprint.get("/jobs/suggestions")
def suggestions() -> ResponseReturnValue:
    """What may be meant by the words, or with ``in=where`` and without words, by the place."""
    criteria, now = SearchForm(request.args).criteria(), clock.now()
    of_places = request.args.get("in") == "where" or not criteria.q
    if of_places:
        found = suggest_places(_engine(), criteria, _reference().places, now)
    else:
        found = suggest_searches(_engine(), db.session, criteria, _reference(), now, this_visitor())
    return render(
        "listings/suggestions.html",
        fragment="listings/_suggestions.html",
        criteria=criteria,
        found=found,
        of_places=of_places,
    )


@blueprint.get("/jobs/order")
def ordering() -> ResponseReturnValue:
    return render("listings/ordering.html")


@blueprint.get("/jobs/<int(max=2147483647):posting_id>-<slug>")
def show(posting_id: int, slug: str) -> ResponseReturnValue:
    now = clock.now()
    posting = public(db.session, posting_id, now)
    if posting.is_live(now) and slug != posting.slug:
        asked = request.args.get("state")
        right = url_for(".show", posting_id=posting_id, slug=posting.slug, state=asked)
        return redirect(right, 308)
    visitor = this_visitor()
    similar = similar_listings(_engine(), db.session, posting, now, visitor)
    if not posting.is_live(now):
        ended = ending_of(posting, now)
        return render("listings/gone.html", status=410, ended=ended, similar=similar)
    state = request.args.get("state") or visitor.state
    listing = _beside_others(queries.listing_view(posting, now, state), posting, now)
    beside = surroundings(db.session, posting)
    _saw(posting)
    count_view(posting_id)
    return render(
        "listings/show.html",
        listing=listing,
        fit=fit_of(asked_by(posting), visitor),
        similar=similar,
        checked=beside.checked,
        copies=beside.copies,
        changes=beside.changes,
        structured=_structured(posting, listing.url),
        canonical=_base_url() + listing.url,
        apply_url=url_for("applications.apply", posting_id=posting_id, slug=slug),
    )


def _beside_others(listing: ListingView, posting: Posting, now: datetime) -> ListingView:
    """With what live postings ask, where this one says what it asks."""
    if not posting.production.units or not posting.coding_types:
        return listing
    volumes: Volumes = current_app.extensions["volumes"]
    middle = volumes.middle(db.session, posting.coding_types[0], posting.role, now)
    return replace(listing, others=describe_middle(middle)) if middle else listing


def _without_blanks() -> str | None:
    """The address without the fields that a form left empty, as a browser without script sends."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if value]
    if len(kept) == sum(1 for _ in request.args.items(multi=True)):
        return None
    return url_for(".search") + (f"?{urlencode(kept)}" if kept else "")


def _sort_value(found: Found, sort: Sort) -> str:
    """The default is not named in the address: with other words there may be another."""
    return "" if sort is found.sorts[0] else sort.value


def _structured(posting: Posting, path: str) -> list[object]:
    base = _base_url()
    crumbs = [("Jobs", base + url_for(".search")), (posting.title, base + path)]
    posted = job_posting(posting, base + path)
    return [data for data in (posted, breadcrumbs(crumbs)) if data]


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url


def _saw(posting: Posting) -> None:
    device = this_device()
    if device.in_use:
        device.see(posting.id)
        remember(device)


def _reference() -> queries.Reference:
    return queries.Reference(current_app.extensions["places"], current_app.extensions["codes"])


def _engine() -> ListingSearch:
    engine: ListingSearch = current_app.extensions["listings"]
    return engine
