"""A listing as Meilisearch holds it, and the bookmark that lies among the listings.

Every attribute that orders the hits is set on every document. ``_geo`` is left out where there is
no point, never empty. Meilisearch knows one point a document: the first.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from careercenter.listings.index import Facet, ListingDocument, RangeField
from careercenter.listings.meili.text import written

BOOKMARK = 0  # the id of no posting
DISPLAYED = ("id", "v", "quality", "posted_day", "posted", "pay_max", "_geo")
SORTABLE = ("_geo", "id", "pay_max", "posted")
NUMBERS = (
    "id",
    "expires",
    "pay_max",
    "pay_min",
    "posted",
    "years",
    "featured",
)  # that are compared
BOUNDS = {  # the attributes that a range's low and high end are held against
    RangeField.PAY: ("pay_max", "pay_min"),
    RangeField.POSTED: ("posted", "posted"),
    RangeField.YEARS: ("years", "years"),
    RangeField.FEATURED: ("featured", "featured"),
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def facet_name(facet: Facet) -> str:
    """Its attribute: ``employer`` is also the name of a text."""
    return f"facet_{facet.value}"


def microseconds(moment: datetime) -> int:
    """Since the epoch; a double holds it exactly."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def document_bytes(document: ListingDocument) -> bytes:
    """As JSON. Raises ValueError for numbers that JSON has no words for."""
    return json.dumps(_body(document), allow_nan=False, ensure_ascii=False).encode()


def bookmark_bytes(seq: int, settings: str, build: str) -> bytes:
    """How far the feed was followed, by which settings, and the name the index was filled under.

    No search finds it: it ended in 1970.
    """
    numbers = dict.fromkeys((*NUMBERS, "quality", "posted_day"), 0)
    told = {"id": BOOKMARK, "v": seq, "settings": settings, "build": build}
    return json.dumps(numbers | told).encode()


def _body(document: ListingDocument) -> dict[str, Any]:
    posted = (document.posted_at - _EPOCH) // timedelta(seconds=1)
    body: dict[str, Any] = {
        "id": document.id,
        "v": document.version,
        **{name: written(text) for name, text in document.texts.items()},
        **{facet_name(facet): list(values) for facet, values in document.facets.items()},
        "pay_min": document.pay_min,
        "pay_max": document.pay_max,
        "posted": posted,
        "posted_day": posted // 86_400,
        "expires": microseconds(document.expires_at),
        "years": document.years,
        "featured": document.featured,
        "quality": document.quality,
    }
    if document.points:
        latitude, longitude = document.points[0]
        body["_geo"] = {"lat": latitude, "lng": longitude}
    return body
