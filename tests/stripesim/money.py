"""Payment intents and charges: what a payer's card or bank does with the sum of a session."""

from typing import Any

from stripe.params import (
    ChargeListParams,
    ChargeRetrieveParams,
    PaymentIntentListParams,
    PaymentIntentRetrieveParams,
)

from tests.stripesim.endpoints import listing, retrieving
from tests.stripesim.events import emit
from tests.stripesim.state import Json, Simulator, new_id

VISA = {"brand": "visa", "country": "US", "exp_month": 12, "exp_year": 2034, "funding": "credit"}
CARD = {"type": "card", "card": {**VISA, "last4": "4242"}}
DECLINED_CARD = {"type": "card", "card": {**VISA, "last4": "0002"}}
INTENT_DATA = (
    "description",
    "receipt_email",
    "statement_descriptor",
    "statement_descriptor_suffix",
)
INTENT_LATER = (  # null until something happens, if it ever does
    "canceled_at",
    "cancellation_reason",
    "last_payment_error",
    "latest_charge",
    "next_action",
    "payment_method",
    "processing",
    "setup_future_usage",
)
TAKEN = ("currency", "customer", "livemode", "payment_method_types")  # from the session
CHARGE_LATER = (
    "balance_transaction",
    "failure_code",
    "failure_message",
    "outcome",
    "receipt_url",
)
BANK = {
    "type": "us_bank_account",
    "us_bank_account": {
        "account_holder_type": "company",
        "account_type": "checking",
        "bank_name": "STRIPE TEST BANK",
        "last4": "6789",
        "routing_number": "110000000",
    },
}
DECLINED = "Your card was declined."
RETURNED = "The customer's bank account could not be debited."


def open_intent(sim: Simulator, session: Json) -> Json:
    """The intent of a session: one, made at the first attempt to pay, kept through later ones."""
    if session["payment_intent"]:
        return sim.memory.objects["payment_intent"][session["payment_intent"]]
    data = session["_payment_intent_data"]
    intent = make_intent(
        sim,
        amount=session["amount_total"],
        metadata=dict(data.get("metadata", {})),
        **{name: session[name] for name in TAKEN},
        **{name: data.get(name) for name in INTENT_DATA},
    )
    session["payment_intent"] = intent["id"]
    return intent


def make_intent(sim: Simulator, **given: Any) -> Json:
    """`given`: amount, currency, customer, livemode, metadata, payment_method_types, and more."""
    intent = sim.add(
        "payment_intent",
        "pi",
        amount_capturable=0,
        amount_received=0,
        capture_method="automatic_async",
        client_secret=new_id("secret"),
        confirmation_method="automatic",
        status="requires_payment_method",
        **{**dict.fromkeys((*INTENT_DATA, *INTENT_LATER)), **given},
    )
    emit(sim, "payment_intent.created", intent)
    return intent


def attempt(sim: Simulator, intent: Json, method: Json, email: str) -> Json:
    """A new charge on the intent, pending until it succeeds or fails."""
    copied = ("amount", "currency", "customer", "description", "livemode", "receipt_email")
    charge = sim.add(
        "charge",
        "ch",
        amount_captured=0,
        amount_refunded=0,
        billing_details={"address": None, "email": email, "name": None, "phone": None},
        captured=True,
        disputed=False,
        metadata=dict(intent["metadata"]),
        paid=False,
        payment_intent=intent["id"],
        payment_method=new_id("pm"),
        payment_method_details=method,
        refunded=False,
        status="pending",
        **{name: intent[name] for name in copied},
        **dict.fromkeys(CHARGE_LATER),
    )
    intent.update(
        latest_charge=charge["id"], payment_method=charge["payment_method"], last_payment_error=None
    )
    return charge


def succeed(sim: Simulator, intent: Json, charge: Json) -> None:
    charge.update(status="succeeded", paid=True, amount_captured=charge["amount"])
    intent.update(status="succeeded", amount_received=intent["amount"])
    emit(sim, "charge.succeeded", charge)
    emit(sim, "payment_intent.succeeded", intent)


def fail(sim: Simulator, intent: Json, charge: Json, message: str, **error: Any) -> None:
    charge.update(status="failed", failure_code=error["code"], failure_message=message)
    reason = {**error, "charge": charge["id"], "message": message}
    intent.update(status="requires_payment_method", payment_method=None, last_payment_error=reason)
    emit(sim, "charge.failed", charge)
    emit(sim, "payment_intent.payment_failed", intent)


def wait_for_bank(sim: Simulator, intent: Json, charge: Json) -> None:
    intent["status"] = "processing"
    emit(sim, "charge.pending", charge)
    emit(sim, "payment_intent.processing", intent)


def cancel(sim: Simulator, intent: Json) -> None:
    intent.update(status="canceled", canceled_at=sim.now(), cancellation_reason="expired")
    emit(sim, "payment_intent.canceled", intent)


ENDPOINTS = (
    retrieving(
        "/v1/payment_intents", "payment_intent", PaymentIntentRetrieveParams, param="intent"
    ),
    listing("/v1/payment_intents", "payment_intent", PaymentIntentListParams, "customer"),
    retrieving("/v1/charges", "charge", ChargeRetrieveParams),
    listing("/v1/charges", "charge", ChargeListParams, "customer", "payment_intent"),
)
