"""Several values are chosen from a facet that is shown whole, with and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_employer, make_posting

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def visitor(open_page, live):
    with live.sessions() as session:
        for name in ("Lakeside", "Mercy", "Summit"):
            make_posting(session, employer=make_employer(session, name=name, slug=name.lower()))
        session.commit()
    return open_page()


@pytest.mark.parametrize("width", [360, 1280])
def test_one_value_after_the_other_is_chosen(visitor, script, width):
    visitor.set_viewport_size({"width": width, "height": 800})
    visitor.goto("/jobs?more=employer#facet-employer")
    for name in ("Lakeside", "Mercy"):
        visitor.get_by_role("checkbox", name=name).check()
        if script:
            visitor.wait_for_url(re.compile(f"employer={name.lower()}.*more=employer"))
    expect(visitor.get_by_role("checkbox", name="Summit")).to_be_visible()
    if width == 360 or not script:
        visitor.get_by_role("button", name="Show").click()
        expect(visitor.locator("#filters")).not_to_have_attribute("open", re.compile(""))
        if script:
            expect(visitor.locator("#results")).to_be_focused()
    expect(visitor.get_by_role("status").filter(has_text="2 jobs")).to_be_visible()
    expect(visitor.get_by_role("link", name="Remove filter: Mercy")).to_be_visible()
