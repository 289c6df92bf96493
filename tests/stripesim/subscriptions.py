"""Subscriptions as they live: begun by a session, renewed by the clock, past due, ended."""

import calendar
from datetime import UTC, datetime
from typing import Any

from tests.stripesim import invoices, money
from tests.stripesim.answers import visible
from tests.stripesim.events import emit
from tests.stripesim.invoice_api import make_item, take_pending
from tests.stripesim.state import Json, Simulator, new_id

KIND = "subscription"
RUNNING = ("active", "past_due", "trialing")
RETRY, TRIES = 3 * invoices.DAY, 4  # when a card that failed is tried again, and how often in all
LATER = (  # null until something happens, if it ever does
    "application",
    "cancel_at",
    "canceled_at",
    "days_until_due",
    "default_payment_method",
    "default_source",
    "ended_at",
    "pause_collection",
    "pending_setup_intent",
    "pending_update",
    "schedule",
    "trial_end",
    "trial_start",
)


def start(sim: Simulator, customer: str, given: Json, lines: list[Json], host: str) -> Json:
    """`given`: metadata, description, taxed. `lines`: a price and a quantity each. The first
    invoice is paid by the good card.
    """
    now, first = sim.now(), lines[0]["price"]
    made = sim.add(
        KIND,
        "sub",
        automatic_tax={"disabled_reason": None, "enabled": given["taxed"], "liability": None},
        billing_cycle_anchor=now,
        billing_mode={"type": "flexible", "flexible": None},
        billing_schedules=[],
        cancel_at_period_end=False,
        cancellation_details=dict.fromkeys(("comment", "feedback", "reason")),
        collection_method="charge_automatically",
        currency=first["currency"],
        customer=customer,
        default_tax_rates=[],
        description=given.get("description"),
        discounts=[],
        invoice_settings={"account_tax_ids": None, "issuer": {"type": "self"}},
        items={"object": "list", "data": [], "has_more": False, "url": ""},
        latest_invoice=None,
        livemode=False,
        metadata=given.get("metadata", {}),
        start_date=now,
        status="active",
        _card="good",
        **dict.fromkeys(LATER),
    )
    end = after(now, first["recurring"], now)
    made["items"]["data"] = [_item(made, line, now, end) for line in lines]
    made["items"]["url"] = f"/v1/subscription_items?subscription={made['id']}"
    emit(sim, "customer.subscription.created", made)
    bill(sim, made, "subscription_create", host)
    return made


def _item(subscription: Json, line: Json, start: int, end: int) -> Json:
    return {
        "id": new_id("si"),
        "object": "subscription_item",
        "created": start,
        "current_period_end": end,
        "current_period_start": start,
        "discounts": [],
        "metadata": {},
        "plan": plan_of(line["price"]),
        "price": visible(line["price"]),
        "quantity": line["quantity"],
        "subscription": subscription["id"],
        "tax_rates": [],
    }


def plan_of(price: Json) -> Json:
    """The older name of a recurring price, which the API still shows."""
    copied = ("active", "billing_scheme", "created", "currency", "id", "livemode", "metadata")
    recurring = price["recurring"]
    return {
        "object": "plan",
        "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"],
        "interval": recurring["interval"],
        "interval_count": recurring["interval_count"],
        "nickname": price["nickname"],
        "product": price["product"],
        "usage_type": "licensed",
        **{name: price[name] for name in copied},
    }


def after(start: int, recurring: Json, anchor: int) -> int:
    """The end of a period: the same day of the month as the anchor's, or the month's last."""
    at, day = datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(anchor, UTC).day
    count = recurring["interval_count"]
    if recurring["interval"] in ("day", "week"):
        days = count * (7 if recurring["interval"] == "week" else 1)
        return start + days * invoices.DAY
    months = at.year * 12 + at.month - 1 + count * (12 if recurring["interval"] == "year" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return int(at.replace(year=year, month=month + 1, day=min(day, last)).timestamp())


def bill(sim: Simulator, subscription: Json, why: str, host: str) -> Json:
    """An invoice over the period that begins, and what is pending; tried at once by the card."""
    lines = [] if why == "subscription_update" else subscription["items"]["data"]
    invoice = _draft(sim, subscription, why)
    for item in lines:
        invoices.add_line(
            sim,
            invoice,
            amount=item["price"]["unit_amount"] * item["quantity"],
            description=f"{item['quantity']} × {_name(sim, item)}",
            parent=_parent(subscription, item),
            period={"start": item["current_period_start"], "end": item["current_period_end"]},
            quantity=item["quantity"],
        )
    take_pending(sim, invoice)
    subscription["latest_invoice"] = invoice["id"]
    emit(sim, "invoice.created", invoice)
    invoices.finalize(sim, invoice, host)
    if invoice["status"] == "open":
        collect(sim, subscription, invoice)
    return invoice


def _draft(sim: Simulator, subscription: Json, why: str) -> Json:
    details = {"subscription": subscription["id"], "metadata": subscription["metadata"]}
    return invoices.draft(
        sim,
        sim.memory.objects["customer"][subscription["customer"]],
        subscription["currency"],
        auto_advance=True,
        billing_reason=why,
        metadata={},
        parent={"type": "subscription_details", "subscription_details": details},
        taxed=subscription["automatic_tax"]["enabled"],
    )


def _parent(subscription: Json, item: Json) -> Json:
    details = {
        "invoice_item": None,
        "proration": False,
        "subscription": subscription["id"],
        "subscription_item": item["id"],
    }
    return {"type": "subscription_item_details", "subscription_item_details": details}


def _name(sim: Simulator, item: Json) -> str:
    return str(sim.memory.objects["product"][item["price"]["product"]]["name"])


def collect(sim: Simulator, subscription: Json, invoice: Json) -> bool:
    """Try the card. What fails makes it past due, and ends it after the last try."""
    card = money.CARD if subscription["_card"] == "good" else money.DECLINED_CARD
    if invoices.charge(sim, invoice, card) == "succeeded":
        _move(sim, subscription, status="active")
        return True
    if invoice["attempt_count"] >= TRIES:
        cancel(sim, subscription, "payment_failed")
        return False
    invoice["next_payment_attempt"] = (invoice["next_payment_attempt"] or sim.now()) + RETRY
    _move(sim, subscription, status="past_due")
    return False


def _move(sim: Simulator, subscription: Json, **changes: Any) -> None:
    before = {name: subscription[name] for name in changes if subscription[name] != changes[name]}
    subscription.update(changes)
    if before:
        emit(sim, "customer.subscription.updated", subscription, previous=before)


def change(
    sim: Simulator, subscription: Json, item: Json, price: Json, quantity: int, prorate: str
) -> None:
    """Another price or quantity from now on. What is left of the period is credited and charged."""
    before = {"items": {**subscription["items"], "data": [dict(item)]}}
    now, end = sim.now(), item["current_period_end"]
    share = (end - now) / (end - item["current_period_start"])
    old = item["price"]["unit_amount"] * item["quantity"]
    new = price["unit_amount"] * quantity
    if prorate != "none":
        customer, currency = subscription["customer"], subscription["currency"]
        for cents, word in ((-old, "Unused time"), (new, "Remaining time")):
            if cents:
                make_item(sim, customer, round(cents * share), word, currency)
    if price["recurring"] != item["price"]["recurring"]:  # a new cycle begins
        item["current_period_start"] = subscription["billing_cycle_anchor"] = now
        item["current_period_end"] = after(now, price["recurring"], now)
    item.update(price=visible(price), plan=plan_of(price), quantity=quantity)
    emit(sim, "customer.subscription.updated", subscription, previous=before)


def cancel(sim: Simulator, subscription: Json, reason: str = "cancellation_requested") -> None:
    subscription.update(status="canceled", ended_at=sim.now(), cancel_at=None)
    subscription["canceled_at"] = subscription["canceled_at"] or sim.now()
    subscription["cancellation_details"]["reason"] = reason
    emit(sim, "customer.subscription.deleted", subscription)


def leave_at_end(sim: Simulator, subscription: Json, leaving: bool) -> None:
    end = subscription["items"]["data"][0]["current_period_end"]
    _move(
        sim,
        subscription,
        cancel_at_period_end=leaving,
        cancel_at=end if leaving else None,
        canceled_at=sim.now() if leaving else None,
    )


def use_card(sim: Simulator, customer: str, card: str) -> None:
    """`good`, or `bad`: declined from now on. A good one pays at once what is past due."""
    for subscription in sim.rows(KIND):
        if subscription["customer"] == customer:
            subscription["_card"] = card
            invoice = sim.memory.objects[invoices.KIND][subscription["latest_invoice"]]
            if card == "good" and subscription["status"] == "past_due":
                collect(sim, subscription, invoice)


def catch_up(sim: Simulator, host: str) -> None:
    """Periods that ended, and cards that are to be tried again."""
    for subscription in reversed(sim.rows(KIND)):
        while subscription["status"] in RUNNING and _due(sim, subscription):
            with sim.change():
                _next(sim, subscription, host)


def _due(sim: Simulator, subscription: Json) -> bool:
    ended = bool(subscription["items"]["data"][0]["current_period_end"] <= sim.now())
    return _retry_at(sim, subscription) <= sim.now() or ended


def _retry_at(sim: Simulator, subscription: Json) -> int:
    invoice = sim.memory.objects[invoices.KIND][subscription["latest_invoice"]]
    at: int | None = invoice["next_payment_attempt"] if invoice["status"] == "open" else None
    return at or sim.now() + 1


def _next(sim: Simulator, subscription: Json, host: str) -> None:
    if _retry_at(sim, subscription) <= sim.now():
        invoice = sim.memory.objects[invoices.KIND][subscription["latest_invoice"]]
        collect(sim, subscription, invoice)
        return
    if subscription["cancel_at_period_end"]:
        cancel(sim, subscription)
        return
    for item in subscription["items"]["data"]:
        anchor, begins = subscription["billing_cycle_anchor"], item["current_period_end"]
        item["current_period_start"] = begins
        item["current_period_end"] = after(begins, item["price"]["recurring"], anchor)
    emit(sim, "customer.subscription.updated", subscription)
    bill(sim, subscription, "subscription_cycle", host)
