"""What becomes of a checkout session: paid, declined, waiting for a bank, settled, expired."""

from tests.stripesim import money
from tests.stripesim.answers import visible
from tests.stripesim.events import emit
from tests.stripesim.state import Json, Simulator

SESSION = "checkout.session"


def pay(sim: Simulator, session: Json, email: str) -> None:
    if session["amount_total"]:
        intent = money.open_intent(sim, session)
        charge = money.attempt(sim, intent, money.CARD, email)
        money.succeed(sim, intent, charge)
        session["payment_status"] = "paid"
    _complete(sim, session, email)


def decline(sim: Simulator, session: Json, email: str) -> str:
    """The session stays open. Returns what the payer reads."""
    intent = money.open_intent(sim, session)
    charge = money.attempt(sim, intent, money.DECLINED_CARD, email)
    error = {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline"}
    money.fail(sim, intent, charge, money.DECLINED, **error)
    return money.DECLINED


def debit(sim: Simulator, session: Json, email: str) -> None:
    """Complete and unpaid, until the bank has settled."""
    intent = money.open_intent(sim, session)
    charge = money.attempt(sim, intent, money.BANK, email)
    money.wait_for_bank(sim, intent, charge)
    _complete(sim, session, email)


def _complete(sim: Simulator, session: Json, email: str) -> None:
    session.update(status="complete", url=None, customer_details=_details(email))
    emit(sim, "checkout.session.completed", session)


def _details(email: str) -> Json:
    blank = dict.fromkeys(("address", "business_name", "individual_name", "name", "phone"))
    return {**blank, "email": email, "tax_exempt": "none", "tax_ids": []}


def settle(sim: Simulator, session: Json, ok: bool) -> Json:
    """The bank's answer to a debit. Raises ValueError when none is awaited."""
    intent = sim.find("payment_intent", session["payment_intent"] or "")
    if not intent or intent["status"] != "processing":
        raise ValueError(f"session {session['id']} is not waiting for a bank")
    charge = sim.memory.objects["charge"][intent["latest_charge"]]
    if ok:
        money.succeed(sim, intent, charge)
        session["payment_status"] = "paid"
        emit(sim, "checkout.session.async_payment_succeeded", session)
    else:
        error = {"type": "invalid_request_error", "code": "payment_intent_payment_attempt_failed"}
        money.fail(sim, intent, charge, money.RETURNED, **error)
        emit(sim, "checkout.session.async_payment_failed", session)
    return visible(session)


def expire(sim: Simulator, session: Json) -> None:
    session.update(status="expired", url=None)
    intent = sim.find("payment_intent", session["payment_intent"] or "")
    if intent:
        money.cancel(sim, intent)
    emit(sim, "checkout.session.expired", session)


def catch_up(sim: Simulator) -> None:
    """What the clock has brought about since it was last asked."""
    now, patience = sim.now(), sim.memory.config.settle_after
    for session in reversed(sim.rows(SESSION)):
        if session["status"] == "open" and session["expires_at"] <= now:
            with sim.change():
                expire(sim, session)
        if patience is not None and _waits(sim, session, now - patience):
            with sim.change():
                settle(sim, session, ok=True)


def _waits(sim: Simulator, session: Json, since: float) -> bool:
    intent = sim.find("payment_intent", session["payment_intent"] or "")
    return bool(intent and intent["status"] == "processing" and intent["created"] <= since)
