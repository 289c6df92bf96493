"""Invoices as they live: a draft with lines, made final, paid or not, voided, overdue."""

from typing import Any

from tests.stripesim import coupons, money, totals
from tests.stripesim.events import emit
from tests.stripesim.refusals import Refused
from tests.stripesim.state import Json, Simulator, new_id

KIND = "invoice"
DAY = 24 * 60 * 60
LATER = (  # null until something happens, if it ever does
    "application",
    "default_payment_method",
    "default_source",
    "due_date",
    "effective_at",
    "hosted_invoice_url",
    "invoice_pdf",
    "last_finalization_error",
    "latest_revision",
    "next_payment_attempt",
    "number",
    "on_behalf_of",
    "parent",
    "receipt_number",
    "statement_descriptor",
)
NOTHING = (
    "amount_overpaid",
    "amount_shipping",
    "attempt_count",
    "post_payment_credit_notes_amount",
    "pre_payment_credit_notes_amount",
    "starting_balance",
)
COPIED = ("address", "email", "name", "phone", "shipping", "tax_exempt")  # of the customer


def draft(sim: Simulator, customer: Json, currency: str, **given: Any) -> Json:
    """Without lines. `given`: fields of the invoice that are not as usual."""
    taxed = given.pop("taxed", False)
    ids = [{"type": row["type"], "value": row["value"]} for row in _tax_ids(sim, customer)]
    made = sim.add(
        KIND,
        "in",
        account_name="Test board",
        attempted=False,
        automatic_tax=_automatic_tax(taxed),
        collection_method="charge_automatically",
        currency=currency,
        customer=customer["id"],
        customer_tax_ids=ids,
        default_tax_rates=[],
        discounts=[],
        issuer={"type": "self"},
        lines={"object": "list", "data": [], "has_more": False, "url": ""},
        livemode=False,
        payment_settings={"default_mandate": None, "payment_method_types": None},
        period_end=sim.now(),
        period_start=sim.now(),
        status="draft",
        status_transitions=dict.fromkeys(
            ("finalized_at", "marked_uncollectible_at", "paid_at", "voided_at")
        ),
        _coupon=None,
        _intent=None,
        **dict.fromkeys(NOTHING, 0),
        **{f"customer_{name}": customer[name] for name in COPIED},
        **{name: given.pop(name, None) for name in LATER},
    )
    made.update(given)
    made["lines"]["url"] = f"/v1/invoices/{made['id']}/lines"
    recount(sim, made)
    return made


def _tax_ids(sim: Simulator, customer: Json) -> list[Json]:
    return [row for row in sim.rows("tax_id") if row["customer"] == customer["id"]]


def _automatic_tax(enabled: bool) -> Json:
    return {
        "disabled_reason": None,
        "enabled": enabled,
        "liability": {"type": "self"} if enabled else None,
        "provider": "stripe" if enabled else None,
        "status": None,
    }


def add_line(sim: Simulator, invoice: Json, **given: Any) -> None:
    """`amount`, `description`, `parent`; and `quantity` and `period` where they are not usual."""
    amount, now = given["amount"], sim.now()
    line = {
        "id": new_id("il"),
        "object": "line_item",
        "currency": invoice["currency"],
        "discount_amounts": [],
        "discountable": amount > 0,
        "discounts": [],
        "invoice": invoice["id"],
        "livemode": False,
        "metadata": {},
        "period": {"start": now, "end": now},
        "pricing": None,
        "quantity": 1,
        "subtotal": amount,
        "taxes": [],
        **given,
    }
    invoice["lines"]["data"].append(line)
    recount(sim, invoice)


def recount(sim: Simulator, invoice: Json) -> None:
    """The sums, from the lines, the coupon and the tax."""
    subtotal = sum(line["amount"] for line in invoice["lines"]["data"])
    off = coupons.off(sim.find("coupon", invoice["_coupon"] or ""), max(0, subtotal))
    tax = 0
    if invoice["automatic_tax"]["enabled"]:
        located = totals.knows_place(sim, invoice["customer"])
        invoice["automatic_tax"]["status"] = "complete" if located else "requires_location_inputs"
        tax = totals.tax_on(sim, max(0, subtotal - off)) if located else 0
    total = subtotal - off + tax
    invoice.update(
        amount_due=max(0, total),
        amount_paid=0,
        amount_remaining=max(0, total),
        subtotal=subtotal,
        subtotal_excluding_tax=subtotal,
        total=total,
        total_excluding_tax=total - tax,
        total_taxes=[_tax(tax, subtotal - off)] if tax else [],
    )


def _tax(tax: int, taxable: int) -> Json:
    return {
        "amount": tax,
        "tax_behavior": "exclusive",
        "tax_rate_details": {"tax_rate": "txr_simulated"},
        "taxability_reason": "standard_rated",
        "taxable_amount": taxable,
        "type": "tax_rate_details",
    }


def finalize(sim: Simulator, invoice: Json, host: str) -> None:
    """`host`: where the page that shows it is. Nothing to pay: it is paid."""
    if invoice["status"] != "draft":
        raise Refused(
            "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
            code="invoice_not_editable",
        )
    if invoice["automatic_tax"]["status"] == "requires_location_inputs":
        raise Refused(
            "The customer's location isn't recognized. Set a valid customer address in order to "
            "automatically calculate tax.",
            code="customer_tax_location_invalid",
        )
    number = 1 + sum(row["number"] is not None for row in sim.rows(KIND))
    page = f"{sim.public_url or host}/i/{invoice['id']}"
    invoice.update(
        status="open",
        number=invoice["number"] or f"SIM-{number:04d}",
        hosted_invoice_url=page,
        invoice_pdf=f"{page}/pdf",
        effective_at=sim.now(),
    )
    if invoice.get("_days") is not None:
        invoice["due_date"] = sim.now() + invoice["_days"] * DAY
    invoice["status_transitions"]["finalized_at"] = sim.now()
    emit(sim, "invoice.finalized", invoice)
    if not invoice["amount_due"]:
        settle(sim, invoice)


def settle(sim: Simulator, invoice: Json, elsewhere: bool = False) -> None:
    """It is paid. `elsewhere`: not through here, by cheque say."""
    invoice.update(status="paid", attempted=True, amount_paid=invoice["amount_due"])
    invoice["amount_remaining"] = 0
    if elsewhere:
        invoice["amount_paid_off_stripe"] = invoice["amount_due"]
    invoice["status_transitions"]["paid_at"] = sim.now()
    invoice["next_payment_attempt"] = None
    emit(sim, "invoice.paid", invoice)
    if not elsewhere:
        emit(sim, "invoice.payment_succeeded", invoice)


def charge(sim: Simulator, invoice: Json, method: Json) -> str:
    """Try to take the money by a card or a bank: succeeded, failed, or waiting for the bank."""
    intent = _intent(sim, invoice)
    invoice["attempt_count"] += 1
    invoice["attempted"] = True
    attempt = money.attempt(sim, intent, method, invoice["customer_email"] or "")
    if method["type"] == "us_bank_account":
        money.wait_for_bank(sim, intent, attempt)
        return "waiting"
    if method == money.DECLINED_CARD:
        fail(sim, invoice, intent, attempt, money.DECLINED)
        return "failed"
    money.succeed(sim, intent, attempt)
    _note_payment(sim, invoice, intent)
    settle(sim, invoice)
    return "succeeded"


def fail(sim: Simulator, invoice: Json, intent: Json, attempt: Json, message: str) -> None:
    error = {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline"}
    money.fail(sim, intent, attempt, message, **error)
    emit(sim, "invoice.payment_failed", invoice)


def _intent(sim: Simulator, invoice: Json) -> Json:
    if invoice["_intent"]:
        return sim.memory.objects["payment_intent"][invoice["_intent"]]
    intent = money.make_intent(
        sim,
        amount=invoice["amount_remaining"],
        currency=invoice["currency"],
        customer=invoice["customer"],
        livemode=invoice["livemode"],
        metadata={},
        payment_method_types=["card", "us_bank_account"],
    )
    invoice["_intent"] = intent["id"]
    return intent


def _note_payment(sim: Simulator, invoice: Json, intent: Json) -> None:
    sim.add(
        "invoice_payment",
        "inpay",
        amount_paid=intent["amount"],
        amount_requested=intent["amount"],
        currency=intent["currency"],
        invoice=invoice["id"],
        is_default=True,
        livemode=False,
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
        status="paid",
        status_transitions={"canceled_at": None, "paid_at": sim.now()},
    )


def bank_answers(sim: Simulator, invoice: Json, ok: bool) -> None:
    """Raises ValueError when no bank is waited for."""
    intent = sim.find("payment_intent", invoice["_intent"] or "")
    if not intent or intent["status"] != "processing":
        raise ValueError(f"invoice {invoice['id']} is not waiting for a bank")
    attempt = sim.memory.objects["charge"][intent["latest_charge"]]
    if ok:
        money.succeed(sim, intent, attempt)
        _note_payment(sim, invoice, intent)
        settle(sim, invoice)
    else:
        fail(sim, invoice, intent, attempt, money.RETURNED)


def end(sim: Simulator, invoice: Json, status: str) -> None:
    """`void` or `uncollectible`. Raises Refused for what is no longer open."""
    if invoice["status"] not in ("open", "uncollectible") or invoice["status"] == status:
        raise Refused(
            f"You can only pass in open invoices. This invoice isn't open ({invoice['status']})."
        )
    word = {"void": "voided", "uncollectible": "marked_uncollectible"}[status]
    invoice["status"] = status
    invoice["status_transitions"][f"{word}_at"] = sim.now()
    emit(sim, f"invoice.{word}", invoice)


def catch_up(sim: Simulator) -> None:
    """What became overdue, said once; and debits that settle by themselves."""
    patience = sim.memory.config.settle_after
    for invoice in reversed(sim.rows(KIND)):
        if invoice["status"] != "open":
            continue
        due = invoice["due_date"]
        if due is not None and due <= sim.now() and not invoice.get("_overdue"):
            with sim.change():
                invoice["_overdue"] = True
                emit(sim, "invoice.overdue", invoice)
        intent = sim.find("payment_intent", invoice["_intent"] or "")
        waits = intent is not None and intent["status"] == "processing"
        if patience is not None and waits and intent["created"] <= sim.now() - patience:
            with sim.change():
                bank_answers(sim, invoice, ok=True)
