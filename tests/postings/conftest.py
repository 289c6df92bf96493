"""What the tests of the posting form share."""

import pytest
from werkzeug.datastructures import MultiDict

from careercenter.postings.forms import PostingForm
from tests.postings.forms import TODAY


@pytest.fixture
def fill(app):
    """Fill the form in as a browser would send it."""

    def fill(data: dict[str, object]) -> PostingForm:
        with app.test_request_context("/", method="POST", data=MultiDict(data)):
            form = PostingForm(app.extensions["places"], TODAY)
            form.validate_on_submit()
            return form

    return fill
