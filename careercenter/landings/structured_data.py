"""What search engines read of a landing page: the list of its listings, by address alone."""

from collections.abc import Sequence

from careercenter.listings.structured_data import CONTEXT, Data


def listing_list(urls: Sequence[str]) -> Data:
    """``urls``: absolute. What each listing says stands on its own page."""
    items = [{"@type": "ListItem", "position": n, "url": url} for n, url in enumerate(urls, 1)]
    return {"@context": CONTEXT, "@type": "ItemList", "itemListElement": items}
