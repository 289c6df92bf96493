import html5lib
import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening

BUTTONS = (
    "Pay with test card 4242",
    "Use a card that is declined",
    "Pay by bank debit (settles later)",
    "Back to the shop",
)


def test_the_page_shows_what_is_paid_and_that_no_money_is_real(
    sim: Running, opened: Opening
) -> None:
    page = sim.send("GET", f"/c/pay/{opened().id}")
    assert page.status == 200
    for words in ("TEST PAYMENTS: no real money", "$199.00", "Single posting, 30 days", *BUTTONS):
        assert words in page.text


def test_every_state_of_the_page_is_valid_html_with_one_heading(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session, expired, paid = opened(), opened(), opened()
    api.v1.checkout.sessions.expire(expired.id)
    sim.pay(paid.id)
    pages = [sim.send("GET", f"/c/pay/{name}").text for name in (session.id, expired.id, paid.id)]
    for text in [*pages, sim.decline(session.id), sim.send("GET", "/c/pay/cs_test_none").text]:
        html5lib.HTMLParser(strict=True).parse(text)
        assert text.count("<h1>") == 1
        assert '<html lang="en">' in text
        assert 'name="viewport"' in text
        assert "style=" not in text


def test_the_style_sheet_is_served_by_the_simulator(sim: Running, opened: Opening) -> None:
    assert '"/static/pay.css"' in sim.send("GET", f"/c/pay/{opened().id}").text
    assert ".banner" in sim.send("GET", "/static/pay.css").text


def test_what_the_shop_wrote_is_escaped(sim: Running, opened: Opening) -> None:
    session = opened(customer_email='"><script>@example.com')
    assert "<script>" not in sim.send("GET", f"/c/pay/{session.id}").text


def test_paying_leads_back_with_the_session_id_in_the_address(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    assert sim.press(session.id, "pay").status == 303
    assert sim.press(session.id, "pay").status == 410
    paid = api.v1.checkout.sessions.retrieve(session.id)
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert sim.pay(opened().id).startswith("http://shop.test/done?session_id=cs_test_")


def test_paying_twice_charges_once(sim: Running, api: stripe.StripeClient, opened: Opening) -> None:
    session = opened()
    sim.pay(session.id)
    assert "This payment is complete" in sim.press(session.id, "pay").text
    assert len(api.v1.charges.list().data) == 1


def test_a_declined_card_is_told_in_place_and_the_session_stays_open(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    page = sim.decline(session.id, email="me@mercy.example")
    assert 'role="alert"' in page
    assert 'value="me@mercy.example"' in page
    assert "Your card was declined." in page
    assert api.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert sim.pay(session.id) == f"http://shop.test/done?session_id={session.id}"


def test_going_back_leads_to_the_shop_and_leaves_the_session_open(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    assert sim.back(session.id) == "http://shop.test/back"
    assert api.v1.checkout.sessions.retrieve(session.id).status == "open"


def test_without_a_way_back_there_is_no_such_button(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened(cancel_url="http://shop.test/back")
    sim.tamper(session.id, cancel_url=None)
    assert "Back to the shop" not in sim.send("GET", f"/c/pay/{session.id}").text
    assert sim.press(session.id, "back").status == 400


def test_an_expired_page_says_so_and_leads_back(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    api.v1.checkout.sessions.expire(session.id)
    page = sim.send("GET", f"/c/pay/{session.id}")
    assert page.status == 410
    assert "This payment page has expired" in page.text
    assert 'href="http://shop.test/back"' in page.text
    assert sim.press(session.id, "pay").status == 410


def test_a_complete_page_says_so_and_leads_on(sim: Running, opened: Opening) -> None:
    session = opened()
    sim.pay(session.id)
    page = sim.send("GET", f"/c/pay/{session.id}")
    assert (page.status, "This payment is complete" in page.text) == (410, True)
    assert f"session_id={session.id}" in page.text


def test_an_unknown_page_is_not_found(sim: Running) -> None:
    assert sim.send("GET", "/c/pay/cs_test_none").status == 404


@pytest.mark.parametrize("action", ["", "rob"])
def test_an_unknown_button_changes_nothing(sim: Running, opened: Opening, action: str) -> None:
    assert sim.press(opened().id, action).status == 400


def test_the_payers_email_is_kept(sim: Running, api: stripe.StripeClient, opened: Opening) -> None:
    session = opened()
    sim.pay(session.id, email="me@mercy.example")
    details = api.v1.checkout.sessions.retrieve(session.id).customer_details
    assert details is not None
    assert details.email == "me@mercy.example"


def test_the_email_the_shop_gave_is_filled_in_and_not_to_be_changed(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    customer = api.v1.customers.create({"email": "pay@mercy.example"})
    page = sim.send("GET", f"/c/pay/{opened(customer=customer.id).id}").text
    assert 'value="pay@mercy.example" readonly' in page


def test_bank_debit_is_offered_only_where_the_shop_takes_it(sim: Running, opened: Opening) -> None:
    session = opened(allowed_payment_method_types=["card"])
    assert "bank debit" not in sim.send("GET", f"/c/pay/{session.id}").text
    assert sim.press(session.id, "debit").status == 400


def test_nothing_to_pay_completes_without_an_intent(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened(0)
    sim.pay(session.id)
    done = api.v1.checkout.sessions.retrieve(session.id)
    assert (done.status, done.payment_status) == ("complete", "no_payment_required")
    assert done.payment_intent is None
