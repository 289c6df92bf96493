"""For machines: the Atom feed, the sitemap and robots.txt."""

from dataclasses import replace
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.config import Settings
from careercenter.extensions import db
from careercenter.feeds import queries
from careercenter.feeds.models import BEFORE_ANY, Address, Entry, sitemap_index, urlset
from careercenter.feeds.models import atom as atom_feed
from careercenter.feeds.queries import A_FILE
from careercenter.listings.forms import SearchForm
from careercenter.listings.index import ListingSearch, Sort
from careercenter.listings.models import Card
from careercenter.listings.queries import find_listings
from careercenter.listings.wording import listing_url
from careercenter.taxonomy.places import Places

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50
PAGES = (
    "pages.home",
    "listings.search",
    "pages.employers",
    "pages.pricing",
    "pages.safety",
    "pages.privacy",
    "pages.credits",
)
CLOSED = ("/account", "/hire", "/me", "/staff", "/webhooks", "/files", "/login", "/jobs/*/apply")


@blueprint.get("/feeds/jobs.atom")
def atom() -> ResponseReturnValue:
    """The newest live listings; it takes the parameters of a search."""
    asked = replace(SearchForm(request.args).criteria(), sort=Sort.NEWEST, page=1, more=None)
    engine: ListingSearch = current_app.extensions["listings"]
    places: Places = current_app.extensions["places"]
    found = find_listings(engine, db.session, asked, places, clock.now(), per_page=ENTRIES)
    query = replace(asked, sort=None).query()
    suffix = f"?{query}" if query else ""
    body = atom_feed(
        title=f"{found.heading} – CareerCenter",
        key=_tag(f"jobs{suffix}"),
        own_url=_absolute(url_for(".atom") + suffix),
        page_url=_absolute(url_for("listings.search") + suffix),
        entries=map(_entry, found.cards),
    )
    return _conditional(Response(body, mimetype="application/atom+xml"))


@blueprint.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    found = queries.extent(db.session, clock.now())
    changed_on = found.newest_at.date() if found.newest_at else None
    files = [Address(_absolute(url_for(".sitemap_pages")))]
    for kind, count in (("jobs", found.listings), ("employers", found.employers)):
        for number in range(1, -(-count // A_FILE) + 1):
            path = url_for(f".sitemap_{kind}", number=number)
            files.append(Address(_absolute(path), changed_on if count <= A_FILE else None))
    return _xml(sitemap_index(files))


@blueprint.get("/sitemaps/pages.xml")
def sitemap_pages() -> ResponseReturnValue:
    return _xml(urlset(Address(_absolute(url_for(page))) for page in PAGES))


@blueprint.get("/sitemaps/jobs-<int(min=1, max=9999):number>.xml")
def sitemap_jobs(number: int) -> ResponseReturnValue:
    rows = queries.listing_addresses(db.session, number, clock.now())
    return _xml(
        urlset(
            Address(
                _absolute(listing_url(row.id, row.slug)),
                row.published_at.date() if row.published_at else None,
            )
            for row in rows
        )
    )


@blueprint.get("/sitemaps/employers-<int(min=1, max=9999):number>.xml")
def sitemap_employers(number: int) -> ResponseReturnValue:
    rows = queries.employer_addresses(db.session, number, clock.now())
    return _xml(
        urlset(
            Address(_absolute(url_for("pages.employer", slug=slug)), newest_at.date())
            for slug, newest_at in rows
        )
    )


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {_absolute(url_for('.sitemap'))}", ""]
    return _conditional(Response("\n".join(lines), mimetype="text/plain"))


def _entry(card: Card) -> Entry:
    place = ", ".join(part for part in (card.place, card.states_note) if part)
    pay = " ".join(part for part in (card.pay_hourly, card.pay_origin) if part)
    return Entry(
        key=_tag(f"job/{card.id}"),
        url=_absolute(card.url),
        title=card.title,
        author=card.employer,
        summary=f"{place}. {pay}. {card.requirement}",
        published_at=card.published_at or BEFORE_ANY,
    )


def _tag(name: str) -> str:
    """A name for ever (RFC 4151); the date is when we began to give them out."""
    settings: Settings = current_app.extensions["settings"]
    return f"tag:{urlsplit(settings.base_url).hostname},2026:{name}"


def _absolute(path: str) -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url + path


def _xml(body: bytes) -> Response:
    return _conditional(Response(body, mimetype="application/xml"))


def _conditional(response: Response) -> Response:
    """Asked again by its ETag, it is sent again only if it changed."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
