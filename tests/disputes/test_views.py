"""Disputes on the pages of finance staff."""

from tests.disputes.conftest import payment_of  # noqa: F401


def test_staff_reads_what_we_know_and_takes_it_along(client, session, pay, tell, finance):
    checkout = pay()
    tell(checkout)
    client.sign_in(finance)
    listed = client.get("/staff/disputes").text
    assert "/staff/disputes/dp_1" in listed
    assert "8 days" in listed or "9 days" in listed
    page = client.get("/staff/disputes/dp_1").text
    assert "Send the evidence to the bank" in page
    assert checkout.placed_by.email in page
    sent = client.get("/staff/disputes/dp_1/evidence")
    assert sent.mimetype == "text/plain"
    assert "attachment" in sent.headers["Content-Disposition"]
    assert checkout.placed_by.email in sent.text
    assert "Dispute" in client.get(f"/staff/checkouts/{checkout.public_id}").text
