"""The search engine of the listings' tests."""

from tests.listings.conftest import asked, listings, visitor

__all__ = ["asked", "listings", "visitor"]
