"""Disputes and warnings of fraud: what a payer's bank says about a charge.

They begin and end by the control address; the API answers a dispute with evidence.
"""

from stripe.params import (
    DisputeCloseParams,
    DisputeListParams,
    DisputeRetrieveParams,
    DisputeUpdateParams,
)
from stripe.params.radar import EarlyFraudWarningListParams, EarlyFraudWarningRetrieveParams

from tests.stripesim.answers import answer, found, visible
from tests.stripesim.endpoints import Endpoint, listing, merged, retrieving
from tests.stripesim.events import emit
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Json, Simulator

KIND = "dispute"
WARNING = "radar.early_fraud_warning"
TIME = 9 * 24 * 60 * 60  # seconds to answer
ENDS = ("won", "lost", "warning_closed")


def open_dispute(sim: Simulator, given: Json) -> Json:
    """`charge` or `intent`, and, if it matters, `reason` and `status` (warning_needs_response: an
    inquiry, which takes no money)."""
    charge = _charge(sim, given)
    status = given.get("status", "needs_response")
    made = sim.add(
        KIND,
        "dp",
        amount=given.get("amount", charge["amount"] - charge["amount_refunded"]),
        balance_transactions=[],
        charge=charge["id"],
        currency=charge["currency"],
        enhanced_eligibility_types=[],
        evidence={},
        evidence_details=_details(sim),
        is_charge_refundable=status.startswith("warning"),
        livemode=charge["livemode"],
        metadata={},
        network_reason_code="10.4",
        payment_intent=charge["payment_intent"],
        reason=given.get("reason", "fraudulent"),
        status=status,
    )
    charge["disputed"] = True
    charge["_inquiry"] = status.startswith("warning")
    emit(sim, "charge.dispute.created", made)
    if not status.startswith("warning"):
        emit(sim, "charge.dispute.funds_withdrawn", made)
    return visible(made)


def _details(sim: Simulator) -> Json:
    return {
        "due_by": sim.now() + TIME,
        "enhanced_eligibility": {},
        "has_evidence": False,
        "past_due": False,
        "submission_count": 0,
        "submission_method": "not_submitted",
    }


def _charge(sim: Simulator, given: Json) -> Json:
    ident = given.get("charge")
    if ident is None:
        ident = sim.memory.objects["payment_intent"][given["intent"]]["latest_charge"]
    return sim.memory.objects["charge"][ident]


def end_dispute(sim: Simulator, given: Json) -> Json:
    """`dispute` and `status`: won, lost or warning_closed."""
    dispute = sim.memory.objects[KIND][given["dispute"]]
    if given["status"] not in ENDS:
        raise ValueError(f"status is one of {', '.join(ENDS)}")
    return visible(_end(sim, dispute, given["status"]))


def _end(sim: Simulator, dispute: Json, status: str) -> Json:
    dispute["status"] = status
    emit(sim, "charge.dispute.closed", dispute)
    if status == "won":
        emit(sim, "charge.dispute.funds_reinstated", dispute)
    return dispute


def close(sim: Simulator, params: Json, ident: str) -> Json:
    """The shop gives in."""
    dispute = found(sim, KIND, ident, "dispute")
    _check_open(dispute)
    return answer(sim, _end(sim, dispute, "lost"), params.get("expand", ()))


def update(sim: Simulator, params: Json, ident: str) -> Json:
    dispute = found(sim, KIND, ident, "dispute")
    _check_open(dispute)
    dispute["metadata"] = merged(dispute["metadata"], params.get("metadata", {}))
    dispute["evidence"] = {**dispute["evidence"], **params.get("evidence", {})}
    details = dispute["evidence_details"]
    details["has_evidence"] = bool(dispute["evidence"])
    if params.get("submit", True):
        details.update(submission_count=1, submission_method="manual")
        inquiry = dispute["status"].startswith("warning")
        dispute["status"] = "warning_under_review" if inquiry else "under_review"
    emit(sim, "charge.dispute.updated", dispute)
    return answer(sim, dispute, params.get("expand", ()))


def _check_open(dispute: Json) -> None:
    if dispute["status"] in ENDS or dispute["evidence_details"]["submission_count"]:
        raise Refused("This dispute is already closed or its evidence was submitted.")


def warn(sim: Simulator, given: Json) -> Json:
    """`charge` or `intent`: its card's bank thinks that it was fraud."""
    charge = _charge(sim, given)
    made = sim.add(
        WARNING,
        "issfr",
        actionable=not charge["refunded"] and not charge["disputed"],
        charge=charge["id"],
        fraud_type=given.get("fraud_type", "made_with_stolen_card"),
        livemode=charge["livemode"],
        payment_intent=charge["payment_intent"],
    )
    emit(sim, "radar.early_fraud_warning.created", made)
    return visible(made)


BASE = "/v1/disputes"
ENDPOINTS = (
    retrieving(BASE, KIND, DisputeRetrieveParams, "dispute"),
    listing(BASE, KIND, DisputeListParams, "charge", "payment_intent"),
    Endpoint(
        "POST",
        f"{BASE}/<ident>",
        DisputeUpdateParams,
        ("evidence", "metadata", "submit", "expand"),
        update,
    ),
    Endpoint("POST", f"{BASE}/<ident>/close", DisputeCloseParams, ("expand",), close),
    retrieving("/v1/radar/early_fraud_warnings", WARNING, EarlyFraudWarningRetrieveParams),
    listing(
        "/v1/radar/early_fraud_warnings",
        WARNING,
        EarlyFraudWarningListParams,
        "charge",
        "payment_intent",
    ),
)
