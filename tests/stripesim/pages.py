"""The hosted payment page, where a person pays with nothing."""

from typing import TypeGuard

from flask import Blueprint, Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from tests.stripesim import outcomes, totals
from tests.stripesim.state import Json, Simulator

SOMEBODY = "buyer@example.com"
Page = str | tuple[str, int] | Answer


def add_pages(app: Flask, sim: Simulator) -> None:
    pages = Blueprint("pages", __name__)

    @pages.get("/c/pay/<ident>")
    def show(ident: str) -> Page:
        with sim.change():
            outcomes.catch_up(sim)
            session = sim.find("checkout.session", ident)
            if _is_open(session):
                totals.add_up(sim, session, located=True)  # here the payer says where they live
            return _page(sim, session) if _is_open(session) else _closed(session)

    @pages.post("/c/pay/<ident>")
    def act(ident: str) -> Page:
        with sim.change():
            outcomes.catch_up(sim)
            session = sim.find("checkout.session", ident)
            if not session or not _is_open(session):
                return _closed(session)
            return _act(sim, session, request.form.get("action", ""))

    pages.after_request(protect)
    app.register_blueprint(pages)
    app.jinja_env.filters["money"] = money


def _is_open(session: Json | None) -> TypeGuard[Json]:
    return bool(session and session["status"] == "open")


def _act(sim: Simulator, session: Json, action: str) -> Page:
    email = _email(sim, session) or request.form.get("email") or SOMEBODY
    if action == "back" and session["cancel_url"]:
        return redirect(session["cancel_url"], 303)
    if action == "decline" and session["amount_total"]:
        return _page(sim, session, alert=outcomes.decline(sim, session, email))
    if action == "debit" and "us_bank_account" in session["payment_method_types"]:
        outcomes.debit(sim, session, email)
    elif action == "pay":
        outcomes.pay(sim, session, email, host(sim))
    else:
        return _page(sim, session, alert="Choose one of the buttons."), 400
    return redirect(_after(session), 303)


def host(sim: Simulator) -> str:
    return sim.public_url or request.host_url.rstrip("/")


def _after(session: Json) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _page(sim: Simulator, session: Json | None, alert: str | None = None) -> str:
    assert session
    known = _email(sim, session)
    email = known or request.form.get("email") or SOMEBODY
    return render_template("pay.html", session=session, email=email, known=bool(known), alert=alert)


def _email(sim: Simulator, session: Json) -> str | None:
    """The address the shop has given; the payer does not change it."""
    customer = sim.find("customer", session["customer"] or "") or {}
    return session["customer_email"] or customer.get("email")


def _closed(session: Json | None) -> tuple[str, int]:
    """A page that says why nothing can be paid here, with a way back to the shop."""
    if session is None:
        return render_template("closed.html", state="unknown", back=None), 404
    back = _after(session) if session["status"] == "complete" else session["cancel_url"]
    return render_template("closed.html", state=session["status"], back=back), 410


def protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def money(cents: int, currency: str) -> str:
    """1999, "usd" → "$19.99"; other currencies keep their code. Whole cents only."""
    amount = f"{cents / 100:,.2f}"
    return f"${amount}" if currency == "usd" else f"{amount}\N{NO-BREAK SPACE}{currency.upper()}"
