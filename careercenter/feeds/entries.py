"""A listing as feeds carry it, and the catalogue of all of them in schema.org's words."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from careercenter.feeds.models import BEFORE_ANY, Entry
from careercenter.listings.models import Card
from careercenter.listings.structured_data import CONTEXT, Data, job_posting
from careercenter.listings.wording import listing_url
from careercenter.postings.models import Posting

NEXT = {"next": {"@id": "http://www.w3.org/ns/hydra/core#next", "@type": "@id"}}


def entry_of(card: Card, key: str, base_url: str, row: Row[*tuple[Any, ...]] | None) -> Entry:
    """``row``: of ``queries.fields_by_id``."""
    place = ", ".join(part for part in (card.place, card.states_note) if part)
    pay = " ".join(part for part in (card.pay_hourly, card.pay_origin) if part)
    return Entry(
        key=key,
        url=base_url + card.url,
        title=card.title,
        author=card.employer,
        summary=f"{place}. {pay}. {card.requirement}",
        published_at=card.published_at or BEFORE_ANY,
        fields=tuple((name, text) for name, text in _fields(card, row) if text),
        tags=card.tags,
    )


def catalogue_page(
    postings: Sequence[Posting], base_url: str, terms_url: str, more: str | None
) -> Data:
    """A schema.org DataFeed. ``more``: the address of the next page."""
    items = [_item(posting, base_url) for posting in postings]
    page: Data = {
        "@context": [CONTEXT, NEXT],
        "@type": "DataFeed",
        "name": "Live medical coding jobs on CareerCenter",
        "license": terms_url,
        "publisher": {"@type": "Organization", "name": "CareerCenter", "url": f"{base_url}/"},
        "dataFeedElement": items,
    }
    return page | ({"next": more} if more else {})


def _item(posting: Posting, base_url: str) -> Data:
    """Work abroad has no place in a job's structured data; it is listed by title and address."""
    url = base_url + listing_url(posting.id, posting.slug)
    said = job_posting(posting, url)
    item = {k: v for k, v in said.items() if k != "@context"} if said else None
    return {"@type": "DataFeedItem", "item": item or {"name": posting.title, "url": url}}


def _fields(card: Card, row: Row[*tuple[Any, ...]] | None) -> list[tuple[str, str]]:
    words = [
        ("pay", card.pay_hourly.replace("\N{NO-BREAK SPACE}", " ")),
        ("place", card.place),
        ("states", card.states_note),
        ("requirement", card.requirement),
    ]
    if row is None:
        return words
    return [
        *words,
        ("hourlyLow", f"{row.hourly_low_cents / 100:.2f}"),
        ("hourlyHigh", f"{row.hourly_high_cents / 100:.2f}"),
        ("currency", "USD"),
        ("setting", row.setting),
        ("employment", row.employment),
        ("city", row.city),
        ("state", row.state),
        ("zip", row.zip),
        ("until", row.expires_at.isoformat(timespec="seconds")),
    ]
