"""What becomes of a checkout session: paid, declined, waiting for a bank, settled, expired."""

from tests.stripesim import coupons, customers, invoices, money, subscriptions, totals
from tests.stripesim.answers import visible
from tests.stripesim.events import emit
from tests.stripesim.state import Json, Simulator

SESSION = "checkout.session"
PLACE = {
    "city": "Des Moines",
    "country": "US",
    "line1": "1 Locust Street",
    "line2": None,
    "postal_code": "50309",
    "state": "IA",
}


def pay(sim: Simulator, session: Json, email: str, host: str = "") -> None:
    """By the good card. `host`: where invoices are shown."""
    totals.add_up(sim, session, located=True)
    _keep_address(sim, session)
    if session["mode"] == "subscription":
        _subscribe(sim, session, email, host)
    elif session["amount_total"]:
        intent = money.open_intent(sim, session)
        charge = money.attempt(sim, intent, money.CARD, email)
        money.succeed(sim, intent, charge)
        session["payment_status"] = "paid"
    _write_invoice(sim, session, email, host)
    _complete(sim, session, email)


def _subscribe(sim: Simulator, session: Json, email: str, host: str) -> None:
    objects = sim.memory.objects
    lines = [
        {"price": objects["price"][line["price"]["id"]], "quantity": line["quantity"]}
        for line in session["_line_items"]
    ]
    taxed = session["automatic_tax"]["enabled"]
    data = {**session["_subscription_data"], "taxed": taxed}
    made = subscriptions.start(sim, _customer(sim, session, email)["id"], data, lines, host)
    session.update(
        customer=made["customer"],
        invoice=made["latest_invoice"],
        payment_status="paid",
        subscription=made["id"],
    )


def _customer(sim: Simulator, session: Json, email: str) -> Json:
    """The session's, or one made for who came without."""
    if session["customer"] is None:
        session["customer"] = customers.make(sim, {"email": email})["id"]
    return sim.memory.objects["customer"][session["customer"]]


def _keep_address(sim: Simulator, session: Json) -> None:
    if session["customer"] and session["_updates"].get("address") == "auto":
        sim.memory.objects["customer"][session["customer"]]["address"] = dict(PLACE)


def _write_invoice(sim: Simulator, session: Json, email: str, host: str) -> None:
    """For a purchase that asked for one: an invoice that is paid already."""
    wanted = session["invoice_creation"] or {"enabled": False}
    if not wanted["enabled"] or session["invoice"] is not None:
        return
    data = wanted["invoice_data"]
    invoice = invoices.draft(
        sim,
        _customer(sim, session, email),
        session["currency"],
        billing_reason="manual",
        taxed=session["automatic_tax"]["enabled"],
        _coupon=session["_coupon"],
        _intent=session["payment_intent"],
        **{name: data[name] for name in ("custom_fields", "description", "footer", "metadata")},
    )
    for line in session["_line_items"]:
        words, cents = line["description"], line["amount_subtotal"]
        invoices.add_line(sim, invoice, amount=cents, description=words, parent=None)
    invoices.finalize(sim, invoice, host)
    session["invoice"] = invoice["id"]
    if invoice["status"] == "open" and session["payment_status"] == "paid":
        invoices.settle(sim, invoice)


def decline(sim: Simulator, session: Json, email: str) -> str:
    """The session stays open. Returns what the payer reads."""
    intent = money.open_intent(sim, session)
    charge = money.attempt(sim, intent, money.DECLINED_CARD, email)
    error = {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline"}
    money.fail(sim, intent, charge, money.DECLINED, **error)
    return money.DECLINED


def debit(sim: Simulator, session: Json, email: str) -> None:
    """Complete and unpaid, until the bank has settled."""
    totals.add_up(sim, session, located=True)
    _keep_address(sim, session)
    intent = money.open_intent(sim, session)
    charge = money.attempt(sim, intent, money.BANK, email)
    money.wait_for_bank(sim, intent, charge)
    _complete(sim, session, email)


def _complete(sim: Simulator, session: Json, email: str) -> None:
    session.update(status="complete", url=None, customer_details=_details(email))
    if session["_coupon"]:
        coupons.redeem(sim, session["_coupon"])
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
        _write_invoice(sim, session, "", sim.public_url or "")
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
    subscriptions.catch_up(sim, sim.public_url or "")
    invoices.catch_up(sim)
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
