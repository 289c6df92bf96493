"""The real library over HTTP, against the simulator: invoices and the pages of who pays."""

import itertools

import pytest
import requests

from careercenter.billing.gateway import make_payments
from careercenter.billing.remote import PaymentsDown, PaymentsRefused
from careercenter.errors import Unavailable
from careercenter.invoicing.gateway import Off, make_invoices
from careercenter.portal.gateway import make_portal
from careercenter.portal.models import BillingDetails
from tests.conftest import make_settings
from tests.stripesim.running import Running

ADDRESS = {
    "line1": "1 Locust Street",
    "city": "Des Moines",
    "state": "IA",
    "postal_code": "50309",
    "country": "US",
}
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def sim():
    with Running() as running:
        yield running


@pytest.fixture(scope="module")
def config(sim, tmp_path_factory):
    data = tmp_path_factory.mktemp("gateway")
    return make_settings(f"sqlite:///{data}/none.db", data, STRIPE_API_BASE=sim.url)


@pytest.fixture(scope="module")
def gateway(config):
    return make_invoices(config)


@pytest.fixture(scope="module")
def customer(config):
    return make_payments(config).create_customer(1, "Mercy", "ap@mercy.example")


@pytest.fixture
def key():
    return f"inv:{next(NUMBERS)}"


def wanted(customer, key, address=None, **more):
    about = {
        "customer": customer,
        "collection_method": "send_invoice",
        "days_until_due": 30,
        "auto_advance": False,
        "currency": "usd",
        "metadata": {"app": "careercenter", "invoice": key},
        "description": "PO number PO-77",
        "custom_fields": [{"name": "Cost center", "value": "4411"}],
        **more,
    }
    item = {"amount": 24_900, "currency": "usd", "description": "Posting, 30 days"}
    off = {"amount": -4_900, "currency": "usd", "description": "Coupon"}
    return {
        "invoice": about,
        "items": [item, off],
        "customer": {"address": address} if address else {},
    }


def test_an_invoice_is_made_once_and_read_back(gateway, customer, key):
    made = gateway.issue(wanted(customer, key), key)
    assert (made.status, made.total_cents, made.tax_cents) == ("open", 20_000, 0)
    assert (made.metadata["invoice"], made.livemode) == (key, False)
    assert made.number
    assert made.url
    assert made.due_at is not None
    assert gateway.issue(wanted(customer, key), key) == made
    assert gateway.retrieve(made.id) == made
    assert gateway.find(customer, key) == made
    assert gateway.find(customer, "another") is None


def test_its_page_and_its_pdf_are_there(gateway, customer, key):
    made = gateway.issue(wanted(customer, key), key)
    page = requests.get(made.url, timeout=5).text
    assert "Cost center" in page
    assert "4411" in page
    assert requests.get(made.pdf_url, timeout=5).content.startswith(b"%PDF")


def test_a_lost_answer_at_any_step_makes_no_second_one(sim, gateway, customer, key):
    for call in ("POST /v1/invoices", "POST /v1/invoiceitems"):
        sim.fault(call, "drop_after")
    made = gateway.issue(wanted(customer, key), key)
    assert made.total_cents == 20_000
    drafts = sim.client().v1.invoices.list({"customer": customer, "limit": 100}).data
    assert [row.status for row in drafts if row.metadata["invoice"] == key] == ["open"]


def test_it_is_paid_on_its_page(gateway, customer, key):
    made = gateway.issue(wanted(customer, key), key)
    requests.post(made.url, data={"action": "pay"}, timeout=5)
    paid = gateway.retrieve(made.id)
    assert (paid.status, paid.total_cents) == ("paid", 20_000)
    assert paid.payment_intent_id.startswith("pi_")
    assert gateway.void(made.id).status == "paid"


def test_it_is_ended_by_us(gateway, customer):
    for number, (way, status) in enumerate(
        [("void", "void"), ("write_off", "uncollectible"), ("note_paid", "paid")]
    ):
        made = gateway.issue(wanted(customer, f"end:{number}"), f"end:{number}")
        ended = getattr(gateway, way)(made.id)
        assert (ended.status, ended.payment_intent_id) == (status, None)
        assert getattr(gateway, way)(made.id).status == status


def test_tax_is_added_once_the_place_is_known(config, gateway, key):
    other = make_payments(config).create_customer(2, "Lakeside", "ap@lakeside.example")
    taxed = {"automatic_tax": {"enabled": True}}
    with pytest.raises(PaymentsRefused):
        gateway.issue(wanted(other, f"{key}:nowhere", **taxed), f"{key}:nowhere")
    made = gateway.issue(wanted(other, key, ADDRESS, **taxed), key)
    assert made.tax_cents > 0
    assert made.total_cents == 20_000 + made.tax_cents


def test_what_stripe_does_not_do_is_told(sim, gateway, customer, key):
    with pytest.raises(PaymentsRefused) as refused:
        gateway.issue(wanted("cus_unknown", key), key)
    assert refused.value.param == "customer"
    with pytest.raises(PaymentsRefused):
        gateway.retrieve("in_unknown")
    sim.fault("GET /v1/invoices", "500", times=3)
    with pytest.raises(PaymentsDown):
        gateway.find(customer, key)
    with pytest.raises(Unavailable):
        Off().issue({}, key)


def test_the_portal_shows_what_was_changed_there(config, gateway, key):
    payer = make_payments(config).create_customer(3, "Prairie", "ap@prairie.example")
    portal = make_portal(config)
    assert portal.details(payer) == BillingDetails("Prairie", "ap@prairie.example")
    url = portal.open(payer, "http://127.0.0.1:8000/hire/billing/details")
    requests.post(url, data={"action": "tax_id", "value": "12-3456789"}, timeout=5)
    gateway.issue(wanted(payer, key, ADDRESS), key)
    known = portal.details(payer)
    assert known.tax_ids == ("12-3456789",)
    assert known.address == ("1 Locust Street", "Des Moines, IA 50309", "US")
    with pytest.raises(PaymentsRefused) as refused:
        portal.open("cus_unknown", "http://127.0.0.1:8000/")
    assert refused.value.param == "customer"
