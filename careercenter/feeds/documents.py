"""Feeds and sitemaps as documents. XML is built as trees: no text can break out of its place."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from careercenter.feeds.models import Address, Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
JSON_FEED = "https://jsonfeed.org/version/1.1"

# XML 1.0 has no way to write these, not even escaped.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

ET.register_namespace("", ATOM)


def atom(feed: Feed) -> bytes:
    root = ET.Element(_atom("feed"), {"xmlns:job": feed.terms_url})
    _add(root, _atom("id"), feed.key)
    _add(root, _atom("title"), feed.title)
    _add(root, _atom("updated"), _instant(feed.updated_at))
    _add(root, _atom("link"), rel="self", type="application/atom+xml", href=feed.own_url)
    _add(root, _atom("link"), rel="alternate", type="text/html", href=feed.page_url)
    _add(root, _atom("link"), rel="license", href=feed.terms_url)
    for entry in feed.entries:
        _add_atom_entry(root, entry)
    return _written(root)


def rss(feed: Feed) -> bytes:
    root = ET.Element("rss", {"version": "2.0", "xmlns:job": feed.terms_url})
    root.set("xmlns:a", ATOM)
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.page_url)
    _add(channel, "description", "Live medical coding jobs, newest first.")
    _add(channel, "copyright", f"Terms: {feed.terms_url}")
    _add(channel, "lastBuildDate", format_datetime(feed.updated_at))
    _add(channel, "a:link", rel="self", type="application/rss+xml", href=feed.own_url)
    for entry in feed.entries:
        item = _add(channel, "item")
        _add(item, "title", f"{entry.title}, {entry.author}")
        _add(item, "link", entry.url)
        _add(item, "guid", entry.key, isPermaLink="false")
        _add(item, "pubDate", format_datetime(entry.published_at))
        _add(item, "description", escape(entry.summary))  # readers take it for HTML
        for tag in entry.tags:
            _add(item, "category", tag)
        _add_fields(item, entry)
    return _written(root)


def json_feed(feed: Feed) -> bytes:
    data = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.own_url,
        "user_comment": f"Terms and the meaning of _job: {feed.terms_url}",
        "language": "en-US",
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(data, ensure_ascii=False).encode()


def urlset(addresses: Iterable[Address]) -> bytes:
    return _sitemap("urlset", "url", addresses)


def sitemap_index(files: Iterable[Address]) -> bytes:
    return _sitemap("sitemapindex", "sitemap", files)


def _sitemap(name: str, item: str, addresses: Iterable[Address]) -> bytes:
    """As text: a file has up to 45,000 lines, and a tree of them takes a second."""
    lines = [
        f"<{item}><loc>{escape(address.url)}</loc>"
        + (f"<lastmod>{address.changed_on}</lastmod>" if address.changed_on else "")
        + f"</{item}>"
        for address in addresses
    ]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{name} xmlns="{SITEMAP}">'
    return "\n".join((head, *lines, f"</{name}>\n")).encode()


def _add_atom_entry(root: ET.Element, entry: Entry) -> None:
    item = _add(root, _atom("entry"))
    _add(item, _atom("id"), entry.key)
    _add(item, _atom("title"), entry.title)
    _add(item, _atom("link"), rel="alternate", type="text/html", href=entry.url)
    _add(item, _atom("published"), _instant(entry.published_at))
    _add(item, _atom("updated"), _instant(entry.published_at))
    _add(_add(item, _atom("author")), _atom("name"), entry.author)
    _add(item, _atom("summary"), entry.summary)
    for tag in entry.tags:
        _add(item, _atom("category"), term=_spoken(tag))
    _add_fields(item, entry)


def _add_fields(item: ET.Element, entry: Entry) -> None:
    for name, text in entry.fields:
        _add(item, f"job:{name}", text)


def _json_item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.key,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": _instant(entry.published_at),
        "authors": [{"name": entry.author}],
        "tags": list(entry.tags),
        "_job": dict(entry.fields),
    }


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    if text is not None:
        child.text = _spoken(text)
    return child


def _spoken(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
