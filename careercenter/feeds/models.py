"""The feeds' documents as XML. Built as trees, so that no text can break out of its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
BEFORE_ANY = datetime(2026, 1, 1, tzinfo=UTC)  # a feed must have a date, also without entries

# XML 1.0 has no way to write these, not even escaped.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

ET.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing in a feed. ``key`` stays the same for ever; ``url`` is absolute."""

    key: str
    url: str
    title: str
    author: str
    summary: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A line of a sitemap. ``changed_on`` is left out where it is not known."""

    url: str
    changed_on: date | None = None


def atom(title: str, key: str, own_url: str, page_url: str, entries: Iterable[Entry]) -> bytes:
    """An Atom feed. ``own_url`` is the feed's address, ``page_url`` that of the same as a page."""
    listed = list(entries)
    updated = max((entry.published_at for entry in listed), default=BEFORE_ANY)
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, "id", key)
    _add(root, "title", title)
    _add(root, "updated", _instant(updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=own_url)
    _add(root, "link", rel="alternate", type="text/html", href=page_url)
    for entry in listed:
        _add_entry(root, entry)
    return _written(root)


def urlset(addresses: Iterable[Address]) -> bytes:
    return _sitemap("urlset", "url", addresses)


def sitemap_index(files: Iterable[Address]) -> bytes:
    return _sitemap("sitemapindex", "sitemap", files)


def _add_entry(root: ET.Element, entry: Entry) -> None:
    item = _add(root, "entry")
    _add(item, "id", entry.key)
    _add(item, "title", entry.title)
    _add(item, "link", rel="alternate", type="text/html", href=entry.url)
    _add(item, "published", _instant(entry.published_at))
    _add(item, "updated", _instant(entry.published_at))
    _add(_add(item, "author"), "name", entry.author)
    _add(item, "summary", entry.summary)


def _sitemap(name: str, item: str, addresses: Iterable[Address]) -> bytes:
    root = ET.Element(name, xmlns=SITEMAP)
    for address in addresses:
        line = ET.SubElement(root, item)
        ET.SubElement(line, "loc").text = address.url
        if address.changed_on is not None:
            ET.SubElement(line, "lastmod").text = address.changed_on.isoformat()
    return _written(root)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text is not None:
        child.text = _UNSPEAKABLE.sub("", text)
    return child


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
