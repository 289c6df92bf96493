"""The same search engine as the listings' tests use."""

from tests.listings.conftest import asked as asked
from tests.listings.conftest import listings as listings
from tests.listings.conftest import visitor as visitor
