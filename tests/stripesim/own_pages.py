"""The hosted invoice with its PDF, and the customer's own pages: cards, plan, invoices, tax id."""

from flask import Blueprint, Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from tests.stripesim import customers, invoices, money, outcomes, pdf, subscriptions
from tests.stripesim.pages import Page, protect
from tests.stripesim.state import Json, Simulator
from tests.stripesim.subscription_api import PORTAL


def add_own_pages(app: Flask, sim: Simulator) -> None:
    pages = Blueprint("own_pages", __name__)

    @pages.route("/i/<ident>", methods=["GET", "POST"])
    def invoice(ident: str) -> Page:
        with sim.change():
            outcomes.catch_up(sim)
            return _invoice(sim, sim.find(invoices.KIND, ident))

    @pages.get("/i/<ident>/pdf")
    def printed(ident: str) -> Response | Page:
        invoice = sim.find(invoices.KIND, ident)
        if invoice is None or invoice["status"] == "draft":
            return _unknown()
        return Response(pdf.invoice(invoice), mimetype="application/pdf")

    @pages.route("/p/session/<token>", methods=["GET", "POST"])
    def portal(token: str) -> Page:
        with sim.change():
            outcomes.catch_up(sim)
            rows = [row for row in sim.rows(PORTAL) if row["url"].endswith(f"/{token}")]
            return _portal(sim, rows[0], token) if rows else _unknown()

    pages.after_request(protect)
    app.register_blueprint(pages)


def _unknown() -> tuple[str, int]:
    return render_template("closed.html", state="unknown", back=None), 404


def _invoice(sim: Simulator, invoice: Json | None) -> Page:
    if invoice is None or invoice["status"] == "draft":
        return _unknown()
    alert = None
    action = request.form.get("action") if request.method == "POST" else None
    if action and invoice["status"] == "open":
        method = {"decline": money.DECLINED_CARD, "debit": money.BANK}.get(action, money.CARD)
        if invoices.charge(sim, invoice, method) == "failed":
            alert = money.DECLINED
    if action and alert is None:
        return redirect(request.path, 303)
    intent = sim.find("payment_intent", invoice["_intent"] or "")
    waits = intent is not None and intent["status"] == "processing"
    return render_template("invoice.html", invoice=invoice, waits=waits, alert=alert)


def _portal(sim: Simulator, visit: Json, token: str) -> Page:
    customer: str = visit["customer"]
    mine = [row for row in sim.rows(subscriptions.KIND) if row["customer"] == customer]
    if request.method == "POST":
        return _act(sim, visit, mine)
    return render_template(
        "portal.html",
        visit=visit,
        customer=sim.memory.objects["customer"][customer],
        subscriptions=[row for row in mine if row["status"] != "canceled"],
        invoices=[row for row in sim.rows(invoices.KIND) if row["customer"] == customer],
        tax_ids=customers.tax_ids(sim, customer),
    )


def _act(sim: Simulator, visit: Json, mine: list[Json]) -> Answer:
    action, customer = request.form.get("action"), visit["customer"]
    if action == "return" and visit["return_url"]:
        return redirect(visit["return_url"], 303)
    if action in ("good", "bad"):
        subscriptions.use_card(sim, customer, action)
    if action in ("leave", "stay"):
        for row in mine:
            if row["id"] == request.form.get("subscription"):
                subscriptions.leave_at_end(sim, row, action == "leave")
    if action == "tax_id" and request.form.get("value"):
        customers.add_tax_id(sim, customer, "us_ein", request.form["value"])
    return redirect(request.path, 303)
