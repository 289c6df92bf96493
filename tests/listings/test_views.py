"""The search page and the listing page, as visitors meet them."""


from tests.factories import make_posting


def test_a_live_listing_is_found(visitor, session):
    posting = make_posting(session)
    page = visitor.get("/jobs?q=urology")
    assert posting.title in page.text


def test_a_listing_is_shown(visitor, session):
    posting = make_posting(session)
    page = visitor.get(f"/jobs/{posting.id}-{posting.slug}")
    assert page.status_code == 200
    assert posting.title in page.text
