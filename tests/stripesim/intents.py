"""A payment intent that is made and confirmed in one call, by one of Stripe's test cards."""

from stripe.params import PaymentIntentCreateParams

from tests.stripesim import disputes, money
from tests.stripesim.answers import answer
from tests.stripesim.endpoints import Endpoint
from tests.stripesim.refusals import Refused, missing
from tests.stripesim.state import Json, Simulator

PAYS = "pm_card_visa"
DECLINED = "pm_card_chargeDeclined"
DISPUTES = {  # what the bank says then
    "pm_card_createDispute": "needs_response",
    "pm_card_createDisputeInquiry": "warning_needs_response",
}
CARDS = (PAYS, DECLINED, *DISPUTES)


def create(sim: Simulator, params: Json, _: str) -> Json:
    card = _card(params)
    intent = money.make_intent(
        sim,
        amount=params["amount"],
        currency=params["currency"],
        customer=params.get("customer"),
        description=params.get("description"),
        livemode=False,
        metadata=params.get("metadata") or {},
        payment_method_types=["card"],
    )
    if card == DECLINED:
        _decline(sim, intent)
    charge = money.attempt(sim, intent, money.CARD, "")
    money.succeed(sim, intent, charge)
    if card in DISPUTES:
        disputes.open_dispute(sim, {"charge": charge["id"], "status": DISPUTES[card]})
    return answer(sim, intent, params.get("expand", ()))


def _card(params: Json) -> str:
    if "payment_method" not in params:
        raise missing("payment_method")
    if params["payment_method"] not in CARDS or not params.get("confirm"):
        raise Refused(f"The payment simulator confirms at once, by one of {', '.join(CARDS)}.")
    return str(params["payment_method"])


def _decline(sim: Simulator, intent: Json) -> None:
    charge = money.attempt(sim, intent, money.DECLINED_CARD, "")
    error = {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline"}
    money.fail(sim, intent, charge, money.DECLINED, **error)
    told = {name: error[name] for name in ("code", "decline_code")}
    raise Refused(money.DECLINED, status=402, kind="card_error", charge=charge["id"], **told)


MODELS = ("amount", "currency", "customer", "description", "metadata", "payment_method", "confirm")
ENDPOINTS = (
    Endpoint(
        "POST",
        "/v1/payment_intents",
        PaymentIntentCreateParams,
        (*MODELS, "expand"),
        create,
    ),
)
