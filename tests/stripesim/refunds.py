"""Refunds. They succeed at once, unless the setting `refunds` is "pending": then they end as the
control address says."""

from stripe.params import (
    RefundCreateParams,
    RefundListParams,
    RefundRetrieveParams,
    RefundUpdateParams,
)

from tests.stripesim.answers import answer, found, visible
from tests.stripesim.endpoints import Endpoint, listing, merged, retrieving
from tests.stripesim.events import emit
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Json, Simulator

MODELLED = ("amount", "charge", "payment_intent", "reason", "metadata", "expand")


def create(sim: Simulator, params: Json, ident: str) -> Json:
    """Raises Refused, as Stripe does, when less than the amount is left on the charge."""
    charge = _charge(sim, params)
    amount = _amount(charge, params)
    refund = sim.add(
        "refund",
        "re",
        amount=amount,
        balance_transaction=None,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=merged({}, params.get("metadata", {})),
        payment_intent=charge["payment_intent"],
        reason=params.get("reason"),
        receipt_number=None,
        source_transfer_reversal=None,
        status=sim.memory.config.refunds,
        transfer_reversal=None,
    )
    _take_from(charge, amount)
    emit(sim, "refund.created", refund)
    emit(sim, "charge.refunded", charge)
    return answer(sim, refund, params.get("expand", ()))


def _take_from(charge: Json, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]


def end_refund(sim: Simulator, given: Json) -> Json:
    """`refund` and `status`: succeeded, failed or canceled. What failed was never paid back."""
    refund = sim.memory.objects["refund"][given["refund"]]
    if given["status"] not in ("succeeded", "failed", "canceled"):
        raise ValueError("status is succeeded, failed or canceled")
    refund["status"] = given["status"]
    if given["status"] != "succeeded":
        refund["failure_reason"] = "lost_or_stolen_card"
        charge = sim.memory.objects["charge"][refund["charge"]]
        _take_from(charge, -refund["amount"])
    if given["status"] == "failed":
        emit(sim, "refund.failed", refund)
    emit(sim, "refund.updated", refund)
    emit(sim, "charge.refund.updated", refund)
    return visible(refund)


def _charge(sim: Simulator, params: Json) -> Json:
    if "charge" in params:
        charge = found(sim, "charge", params["charge"], "charge", 400)
    elif "payment_intent" in params:
        intent = found(sim, "payment_intent", params["payment_intent"], "payment_intent", 400)
        charge = found(sim, "charge", intent["latest_charge"] or "", "payment_intent", 400)
    else:
        raise Refused(
            "One of the following params should be provided for this request: "
            "payment_intent or charge."
        )
    if not charge["paid"]:
        raise Refused(
            f"This PaymentIntent ({charge['payment_intent']}) does not have a successful charge "
            "to refund."
        )
    return charge


def _amount(charge: Json, params: Json) -> int:
    left: int = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise Refused(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    if charge["disputed"] and not charge.get("_inquiry"):
        raise Refused(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    amount: int = params.get("amount", left)
    if amount < 1:
        raise Refused("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        part = "unrefunded amount on charge" if charge["amount_refunded"] else "charge amount"
        raise Refused(
            f"Refund amount (${amount / 100:,.2f}) is greater than {part} (${left / 100:,.2f})",
            param="amount",
        )
    return amount


def update(sim: Simulator, params: Json, ident: str) -> Json:
    refund = found(sim, "refund", ident)
    refund["metadata"] = merged(refund["metadata"], params.get("metadata", {}))
    emit(sim, "refund.updated", refund)
    return answer(sim, refund, params.get("expand", ()))


ENDPOINTS = (
    Endpoint("POST", "/v1/refunds", RefundCreateParams, MODELLED, create),
    Endpoint("POST", "/v1/refunds/<ident>", RefundUpdateParams, ("metadata", "expand"), update),
    retrieving("/v1/refunds", "refund", RefundRetrieveParams),
    listing("/v1/refunds", "refund", RefundListParams, "charge", "payment_intent"),
)
