"""A posting is written in five steps, with script and without; nothing that is typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from careercenter.employers.models import Employer
from tests.browser.people import DESCRIPTION, sign_in, tick
from tests.factories import make_employer, owner_of
from tests.live import Board
from tests.reading.advertisements import ADVERTISEMENTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><h1>What you do</h1>'
    '<p class="MsoNormal" style="mso-bidi-font-weight:normal">You code <b>office visits</b> in '
    "Epic.<o:p></o:p></p><p class=MsoListParagraphCxSpFirst>·&nbsp;&nbsp; Modifiers</p>"
    "<p class=MsoListParagraphCxSpLast>·&nbsp;&nbsp; Denials</p><style>p {color: red}</style>"
    '<ul><li>Audits <a href="https://lakeside.example/a">monthly</a></li></ul></body></html>'
)


@pytest.fixture
def desk(open_page, live: Board) -> Page:
    with live.sessions() as session:
        employer: Employer = make_employer(session, name="Prairie Urology Partners")
        email = owner_of(session, employer).email
        session.commit()
    page = open_page()
    sign_in(page, email)
    page.goto("/hire")
    page.get_by_role("link", name="Write a posting").first.click()
    return page


def step(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Save and go on").click()


def test_five_steps_to_the_preview(desk):
    desk.get_by_role("button", name="Profee coder").click()
    step(desk, "Role and work")
    desk.get_by_label("Job title").fill("Profee coder, urology")
    go_on(desk)
    step(desk, "Requirements")
    desk.locator("#add_1").select_option("cuc")
    desk.get_by_role("button", name="Add to “Required").click()
    expect(desk.locator('input[name="credentials_1"][value="cuc"]')).to_be_checked()
    expect(desk.locator("#advice")).to_contain_text("You need CPC or CCS-P or CUC")
    desk.get_by_label("No", exact=True).check()
    go_on(desk)
    step(desk, "Place and conditions")
    desk.get_by_label("Remote, listed states").check()
    go_on(desk)
    alert = desk.get_by_role("alert")
    expect(alert).to_contain_text("Tick the states where the person may live.")
    tick(desk, "states", "IA")
    go_on(desk)
    step(desk, "Pay and production")
    desk.get_by_label("Paid", exact=True).select_option("hour")
    desk.get_by_label("Lowest pay").fill("24")
    desk.get_by_label("Highest pay").fill("31.50")
    go_on(desk)
    step(desk, "Description")
    desk.get_by_label("Description", exact=True).fill(DESCRIPTION)
    desk.get_by_role("button", name="Save and check it").click()
    step(desk, "Check and preview")
    desk.get_by_role("link", name="Say whether there is a coding test").click()
    step(desk, "Place and conditions")
    desk.get_by_label("Coding test", exact=True).select_option("none")
    go_on(desk)
    desk.get_by_role("link", name="Check and preview").click()
    expect(desk.locator("main")).not_to_contain_text("Say whether there is a coding test")
    desk.get_by_role("button", name="Save the posting").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Profee coder, urology")
    expect(desk.get_by_role("link", name="Go on to payment").first).to_be_visible()


def test_a_pasted_advertisement_is_confirmed_step_by_step(desk):
    desk.get_by_label("The advertisement").fill(ADVERTISEMENTS[1].text)
    desk.get_by_role("button", name="Read it and fill in the form").click()
    step(desk, "Role and work")
    expect(desk.locator(".found").first).to_contain_text("Multi-specialty profee coder")
    expect(desk.get_by_label("Job title")).to_have_value("Multi-specialty profee coder")
    go_on(desk)
    desk.get_by_role("link", name="Role and work").click()
    expect(desk.locator(".found")).to_have_count(0)


@pytest.mark.parametrize("script", [True], indirect=True, ids=["with script"])
def test_what_is_typed_is_kept_before_it_is_saved(desk):
    desk.get_by_role("button", name="Five short steps").click()
    title = desk.get_by_label("Job title")
    with desk.expect_response("**/words"):
        title.fill("Coder, $30/hr")
    expect(desk.locator("#advice")).to_contain_text("Take the pay out of the title")
    with desk.expect_response("**/words"):
        title.fill("Inpatient coder")
    expect(desk.locator("#advice")).not_to_contain_text("Take the pay out of the title")
    desk.reload()
    expect(title).to_have_value("Inpatient coder")
    desk.get_by_role("link", name="All on one page").click()
    expect(title).to_have_value("Inpatient coder")
    with desk.expect_response("**/whole/words"):
        title.fill("Inpatient coder, Texas")
    expect(desk.locator("#advice")).to_contain_text("Take the place out of the title")
    with desk.expect_response("**/whole/words"):
        desk.get_by_label("Lowest pay").fill("plenty")
    desk.get_by_role("button", name="Save and preview").click()
    expect(desk.get_by_role("alert")).to_contain_text("Enter dollars, like 24")


@pytest.mark.parametrize("script", [True], indirect=True, ids=["with script"])
def test_words_from_word_arrive_clean_and_are_shown_as_visitors_read_them(desk):
    desk.get_by_role("button", name="Five short steps").click()
    desk.get_by_role("link", name="Description").click()
    box = desk.get_by_label("Description", exact=True)
    with desk.expect_response("**/words"):
        box.evaluate(
            """(box, html) => {
                const data = new DataTransfer();
                data.setData("text/html", html);
                box.focus();
                box.dispatchEvent(new ClipboardEvent("paste",
                    {clipboardData: data, bubbles: true, cancelable: true}));
            }""",
            WORD,
        )
    expect(box).to_have_value(
        "## What you do\n\nYou code **office visits** in Epic.\n\n- Modifiers\n- Denials\n"
        "- Audits [monthly](https://lakeside.example/a)"
    )
    expect(desk.locator("#advice strong").first).to_have_text("office visits")
    box.press("Control+a")
    desk.get_by_role("button", name="List").click()
    assert box.input_value().startswith("- ## What you do")
