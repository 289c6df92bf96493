"""Invoices and their items, as the API makes and shows them."""

from collections.abc import Callable

from flask import request
from stripe.params import (
    InvoiceCreateParams,
    InvoiceDeleteParams,
    InvoiceFinalizeInvoiceParams,
    InvoiceItemCreateParams,
    InvoiceItemListParams,
    InvoiceItemRetrieveParams,
    InvoiceListParams,
    InvoiceMarkUncollectibleParams,
    InvoicePaymentListParams,
    InvoicePayParams,
    InvoiceRetrieveParams,
    InvoiceSendInvoiceParams,
    InvoiceUpdateParams,
    InvoiceVoidInvoiceParams,
)

from tests.stripesim import coupons, invoices, money
from tests.stripesim.answers import answer, found, page
from tests.stripesim.endpoints import PAGING, Endpoint, listing, merged, retrieving
from tests.stripesim.events import emit
from tests.stripesim.refusals import Refused, missing
from tests.stripesim.state import Json, Simulator

KIND, ITEM = invoices.KIND, "invoiceitem"
FIELDS = 4  # custom fields on an invoice


def create(sim: Simulator, params: Json, ident: str) -> Json:
    if "customer" not in params:
        raise missing("customer")
    customer = found(sim, "customer", params["customer"], "customer", 400)
    days = _check_terms(params, customer)
    currency = params.get("currency", "usd")
    coupon = coupons.given(sim, params.get("discounts", []), currency)
    made = invoices.draft(
        sim,
        customer,
        currency,
        auto_advance=params.get("auto_advance", False),
        billing_reason="manual",
        collection_method=params.get("collection_method", "charge_automatically"),
        custom_fields=_custom_fields(params),
        description=params.get("description"),
        due_date=params.get("due_date"),
        footer=params.get("footer"),
        metadata=merged({}, params.get("metadata", {})),
        taxed=params.get("automatic_tax", {}).get("enabled", False),
        _coupon=coupon and coupon["id"],
        _days=days,
    )
    if params.get("pending_invoice_items_behavior", "exclude") == "include":
        take_pending(sim, made)
    emit(sim, "invoice.created", made)
    return answer(sim, made, params.get("expand", ()))


def take_pending(sim: Simulator, invoice: Json) -> None:
    """The customer's items that wait for an invoice."""
    for item in reversed(sim.rows(ITEM)):
        if item["customer"] == invoice["customer"] and item["invoice"] is None:
            _bill(sim, item, invoice)


def _check_terms(params: Json, customer: Json) -> int | None:
    sent = params.get("collection_method") == "send_invoice"
    timed = {"days_until_due", "due_date"} & params.keys()
    if sent and not timed:
        raise Refused(
            "If invoice is not set to charge automatically, you must specify one of "
            "`due_date` or `days_until_due`.",
            param="days_until_due",
        )
    if not sent and timed:
        raise Refused("You can only set `days_until_due` if the invoice is to be sent.")
    if sent and not customer["email"]:
        raise Refused("Missing email. In order to create invoices that are sent to the customer.")
    days: int | None = params.get("days_until_due")
    return days


def _custom_fields(params: Json) -> list[Json] | None:
    fields = params.get("custom_fields") or []
    if len(fields) > FIELDS:
        raise Refused(f"At most {FIELDS} custom fields.", param="custom_fields")
    for number, field in enumerate(fields):
        if len(field["name"]) > 40 or len(field["value"]) > 140:
            where = f"custom_fields[{number}]"
            raise Refused("A name has 40 characters at most, a value 140.", param=where)
    return fields or None


def add_item(sim: Simulator, params: Json, ident: str) -> Json:
    customer, cents = params.get("customer", ""), params.get("amount")
    if cents is None:
        raise missing("amount")
    found(sim, "customer", customer, "customer", 400)
    made = make_item(sim, customer, cents, params.get("description"), params.get("currency", "usd"))
    made["metadata"] = merged({}, params.get("metadata", {}))
    if "invoice" in params:
        invoice = found(sim, KIND, params["invoice"], "invoice", 400)
        if invoice["status"] != "draft":
            raise Refused("This invoice is no longer editable.", code="invoice_not_editable")
        _bill(sim, made, invoice)
    emit(sim, "invoiceitem.created", made)
    return answer(sim, made, params.get("expand", ()))


def make_item(
    sim: Simulator, customer: str, cents: int, description: str | None, currency: str
) -> Json:
    """It waits for an invoice."""
    made = sim.add(
        ITEM,
        "ii",
        amount=cents,
        currency=currency,
        customer=customer,
        date=sim.now(),
        description=description,
        discountable=cents > 0,
        discounts=[],
        invoice=None,
        livemode=False,
        metadata={},
        parent=None,
        period={"start": sim.now(), "end": sim.now()},
        pricing=None,
        proration=False,
        quantity=1,
        quantity_decimal="1",
        tax_rates=[],
    )
    made["_created"] = made.pop("created")  # this kind calls it ``date``
    return made


def _bill(sim: Simulator, item: Json, invoice: Json) -> None:
    item["invoice"] = invoice["id"]
    details = {"invoice_item": item["id"], "proration": False, "subscription": None}
    parent = {"type": "invoice_item_details", "invoice_item_details": details}
    invoices.add_line(
        sim, invoice, amount=item["amount"], description=item["description"], parent=parent
    )


def update(sim: Simulator, params: Json, ident: str) -> Json:
    invoice = found(sim, KIND, ident, "invoice")
    invoice["metadata"] = merged(invoice["metadata"] or {}, params.get("metadata", {}))
    emit(sim, "invoice.updated", invoice)
    return answer(sim, invoice, params.get("expand", ()))


def delete(sim: Simulator, params: Json, ident: str) -> Json:
    invoice = found(sim, KIND, ident, "invoice")
    if invoice["status"] != "draft":
        raise Refused("You can only delete draft invoices.", code="invoice_not_editable")
    del sim.memory.objects[KIND][ident]
    emit(sim, "invoice.deleted", invoice)
    return {"id": ident, "object": KIND, "deleted": True}


def _changing(change: Callable[[Simulator, Json, Json], None]) -> Callable[..., Json]:
    def run(sim: Simulator, params: Json, ident: str) -> Json:
        invoice = found(sim, KIND, ident, "invoice")
        change(sim, invoice, params)
        return answer(sim, invoice, params.get("expand", ()))

    return run


def _finalize(sim: Simulator, invoice: Json, params: Json) -> None:
    invoices.finalize(sim, invoice, request.host_url.rstrip("/"))


def _send(sim: Simulator, invoice: Json, params: Json) -> None:
    if invoice["collection_method"] != "send_invoice":
        raise Refused("You can only send invoices with collection_method=send_invoice.")
    if invoice["status"] == "draft":
        _finalize(sim, invoice, params)
    emit(sim, "invoice.sent", invoice)


def _pay(sim: Simulator, invoice: Json, params: Json) -> None:
    if invoice["status"] == "paid":
        raise Refused("Invoice is already paid", code="invoice_already_paid")
    if invoice["status"] == "draft":
        _finalize(sim, invoice, params)
    if params.get("paid_out_of_band"):
        invoices.settle(sim, invoice, elsewhere=True)
    elif invoices.charge(sim, invoice, money.CARD) == "failed":
        raise Refused(money.DECLINED, status=402, kind="card_error", code="card_declined")


def _void(sim: Simulator, invoice: Json, params: Json) -> None:
    invoices.end(sim, invoice, "void")


def _give_up(sim: Simulator, invoice: Json, params: Json) -> None:
    invoices.end(sim, invoice, "uncollectible")


def list_payments(sim: Simulator, params: Json, ident: str) -> Json:
    rows = sim.rows("invoice_payment")
    if "invoice" in params:
        rows = [row for row in rows if row["invoice"] == params["invoice"]]
    intent = params.get("payment", {}).get("payment_intent")
    if intent:
        rows = [row for row in rows if row["payment"]["payment_intent"] == intent]
    return page(sim, "/v1/invoice_payments", rows, params)


MODELLED = (
    "auto_advance",
    "automatic_tax.enabled",
    "collection_method",
    "currency",
    "custom_fields",
    "customer",
    "days_until_due",
    "description",
    "discounts.coupon",
    "due_date",
    "footer",
    "metadata",
    "pending_invoice_items_behavior",
    "expand",
)
ITEM_FIELDS = ("amount", "currency", "customer", "description", "invoice", "metadata", "expand")
BASE, ONE = "/v1/invoices", "/v1/invoices/<ident>"
ENDPOINTS = (
    Endpoint("POST", "/v1/invoiceitems", InvoiceItemCreateParams, ITEM_FIELDS, add_item),
    retrieving("/v1/invoiceitems", ITEM, InvoiceItemRetrieveParams, "invoiceitem"),
    listing("/v1/invoiceitems", ITEM, InvoiceItemListParams, "customer", "invoice"),
    Endpoint(
        "GET",
        "/v1/invoice_payments",
        InvoicePaymentListParams,
        (*PAGING, "invoice", "payment"),
        list_payments,
    ),
    Endpoint("POST", BASE, InvoiceCreateParams, MODELLED, create),
    retrieving(BASE, KIND, InvoiceRetrieveParams, "invoice"),
    listing(BASE, KIND, InvoiceListParams, "customer", "status", "collection_method"),
    Endpoint("POST", ONE, InvoiceUpdateParams, ("metadata", "expand"), update),
    Endpoint("DELETE", ONE, InvoiceDeleteParams, (), delete),
    Endpoint(
        "POST",
        f"{ONE}/finalize",
        InvoiceFinalizeInvoiceParams,
        ("auto_advance", "expand"),
        _changing(_finalize),
    ),
    Endpoint("POST", f"{ONE}/send", InvoiceSendInvoiceParams, ("expand",), _changing(_send)),
    Endpoint(
        "POST", f"{ONE}/pay", InvoicePayParams, ("paid_out_of_band", "expand"), _changing(_pay)
    ),
    Endpoint("POST", f"{ONE}/void", InvoiceVoidInvoiceParams, ("expand",), _changing(_void)),
    Endpoint(
        "POST",
        f"{ONE}/mark_uncollectible",
        InvoiceMarkUncollectibleParams,
        ("expand",),
        _changing(_give_up),
    ),
)
