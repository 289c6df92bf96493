"""The same search engine as the listings' tests use, and the table of places."""

import pytest
from flask import Flask

from careercenter.taxonomy.places import Places
from tests.listings.conftest import asked as asked
from tests.listings.conftest import listings as listings
from tests.listings.conftest import visitor as visitor


@pytest.fixture
def places(made_app: Flask) -> Places:
    found: Places = made_app.extensions["places"]
    return found
