"""For machines: feeds of any search, the whole catalogue, the sitemap and robots.txt."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request, send_file, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.config import Settings
from careercenter.errors import Unavailable
from careercenter.extensions import db
from careercenter.feeds import aggregators, documents, queries
from careercenter.feeds.documents import sitemap_index, urlset
from careercenter.feeds.entries import catalogue_page, entry_of
from careercenter.feeds.models import Address, Feed
from careercenter.feeds.queries import A_FILE
from careercenter.landings.queries import Board, indexed_urls
from careercenter.listings.forms import SearchForm
from careercenter.listings.index import Facet, SearchDown, Sort
from careercenter.listings.queries import Reference, find_listings
from careercenter.listings.wording import listing_url
from careercenter.postings.models import slug_of
from careercenter.web.rendering import render

blueprint = Blueprint("feeds", __name__)

ENTRIES = 50
LAST_ID = 2_147_483_647
PAGES = (
    "pages.home",
    "listings.search",
    "landings.index",
    "landings.country_map",
    "listings.ordering",
    "pages.employers",
    "pages.pricing",
    "pages.safety",
    "pages.privacy",
    "pages.credits",
    "feeds.about",
)
TOPICS = {  # kinds of landing pages, a file each; a pair stands with its first topic
    "credentials": (Facet.CREDENTIAL, Facet.APPRENTICE),
    "specialties": (Facet.SPECIALTY,),
    "roles": (Facet.ROLE, Facet.CODING_TYPE),
    "places": (Facet.SETTING, Facet.STATE, Facet.CITY),
}
CLOSED = ("/account", "/hire", "/me", "/staff", "/webhooks", "/files", "/login", "/jobs/*/apply")


@blueprint.get("/feeds")
def about() -> ResponseReturnValue:
    return render("feeds/about.html")


@blueprint.get("/feeds/jobs.atom")
def atom() -> ResponseReturnValue:
    """The newest live listings; like its sisters it takes the parameters of a search."""
    return _feed(documents.atom, "application/atom+xml")


@blueprint.get("/feeds/jobs.json")
def json_feed() -> ResponseReturnValue:
    return _feed(documents.json_feed, "application/feed+json")


@blueprint.get("/feeds/jobs.rss")
def rss() -> ResponseReturnValue:
    return _feed(documents.rss, "application/rss+xml")


@blueprint.get("/feeds/listings.jsonld")
def catalogue() -> ResponseReturnValue:
    """All live listings, page after page: each says where the next is."""
    typed = request.args.get("after", "")
    after = min(int(typed[:10]), LAST_ID) if typed.isascii() and typed.isdigit() else 0
    found = queries.catalogue(db.session, after, clock.now())
    more = None
    if found.next_after is not None:
        more = _absolute(url_for(".catalogue", after=found.next_after))
    page = catalogue_page(found.postings, _base_url(), _terms_url(), more)
    body = json.dumps(page, ensure_ascii=False)
    response = Response(body, mimetype="application/ld+json")
    if more:
        response.headers["Link"] = f'<{more}>; rel="next"'
    newest_at = max((p.published_at for p in found.postings if p.published_at), default=None)
    return _conditional(response, newest_at)


@blueprint.get("/feeds/indeed.xml")
def indeed() -> ResponseReturnValue:
    now = clock.now()
    email = parseaddr(current_app.extensions["settings"].mail_from)[1]
    return _whole(aggregators.indeed(queries.all_live(db.session, now), _base_url(), email, now))


@blueprint.get("/feeds/linkedin.xml")
def linkedin() -> ResponseReturnValue:
    now = clock.now()
    found, count = queries.all_live(db.session, now), queries.count_places(db.session, now)
    return _whole(aggregators.linkedin(found, count, _base_url(), now))


@blueprint.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    found = queries.extent(db.session, clock.now())
    changed_on = found.newest_at.date() if found.newest_at else None
    files = [Address(_absolute(url_for(".sitemap_pages")))]
    for kind, count in (("jobs", found.listings), ("employers", found.employers)):
        for number in range(1, -(-count // A_FILE) + 1):
            path = url_for(f".sitemap_{kind}", number=number)
            files.append(Address(_absolute(path), changed_on if count <= A_FILE else None))
    if found.listings:
        files += [Address(_absolute(url_for(".sitemap_landings", kind=kind))) for kind in TOPICS]
    return _xml(sitemap_index(files))


@blueprint.get("/sitemaps/pages.xml")
def sitemap_pages() -> ResponseReturnValue:
    return _xml(urlset(Address(_absolute(url_for(page))) for page in PAGES))


@blueprint.get("/sitemaps/jobs-<int(min=1, max=9999):number>.xml")
def sitemap_jobs(number: int) -> ResponseReturnValue:
    rows = queries.listing_addresses(db.session, number, clock.now())
    base_url = _base_url()
    return _xml(
        urlset(
            Address(
                base_url + listing_url(row.id, slug_of(row.title)),
                row.changed_at.date() if row.changed_at else None,
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


@blueprint.get("/sitemaps/topics-<any(credentials, specialties, roles, places):kind>.xml")
def sitemap_landings(kind: str) -> ResponseReturnValue:
    """Those with too few listings are out. While nothing can be counted, it is asked again."""
    found = current_app.extensions
    board = Board(found["listings"], db.session, found["places"], clock.now())
    try:
        urls = list(indexed_urls(board, TOPICS[kind]))
    except SearchDown as error:
        raise Unavailable("The search engine is not answering. Ask again soon.") from error
    return _xml(urlset(Address(_absolute(url)) for url in urls[:A_FILE]))


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {_absolute(url_for('.sitemap'))}", ""]
    return _conditional(Response("\n".join(lines), mimetype="text/plain"))


def _feed(write: Callable[[Feed], bytes], mimetype: str) -> Response:
    criteria = SearchForm(request.args).criteria()
    asked = replace(criteria, sort=Sort.NEWEST, page=1, more=None, fit="", new=False)
    extensions = current_app.extensions
    engine = extensions["listings"]
    reference = Reference(extensions["places"], extensions["codes"])
    found = find_listings(engine, db.session, asked, reference, clock.now(), per_page=ENTRIES)
    fields = queries.fields_by_id(db.session, [card.id for card in found.cards])
    query = replace(asked, sort=None).query()
    suffix = f"?{query}" if query else ""
    chosen = ", ".join(chip.text for chip in found.chips)
    said = ": ".join(part for part in (asked.q and f"“{asked.q}”", found.heading, chosen) if part)
    feed = Feed(
        title=f"{said} – CareerCenter",
        key=_tag(f"jobs{suffix}"),
        own_url=_absolute(request.path + suffix),
        page_url=_absolute(url_for("listings.search") + suffix),
        terms_url=_terms_url(),
        entries=tuple(
            entry_of(card, _tag(f"job/{card.id}"), _base_url(), fields.get(card.id))
            for card in found.cards
        ),
    )
    return _conditional(Response(write(feed), mimetype=mimetype), feed.updated_at)


def _tag(name: str) -> str:
    """A name for ever (RFC 4151); the date is when we began to give them out."""
    return f"tag:{urlsplit(_base_url()).hostname},2026:{name}"


def _terms_url() -> str:
    return _absolute(url_for("feeds.about"))


def _absolute(path: str) -> str:
    return _base_url() + path


def _base_url() -> str:
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url


def _xml(body: bytes) -> Response:
    return _conditional(Response(body, mimetype="application/xml"))


def _whole(lines: Iterator[str]) -> Response:
    """All of the board, by way of a file: it would not fit in memory."""
    file = TemporaryFile()  # noqa: SIM115 -- it is closed when it was sent
    for line in lines:
        file.write(line.encode())
    file.seek(0)
    response = send_file(file, mimetype="application/xml")
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _conditional(response: Response, modified_at: datetime | None = None) -> Response:
    """Asked again by its ETag, or failing that by its date, it is sent only if it changed."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.last_modified = modified_at
    response.add_etag()
    response.make_conditional(request)
    return response
