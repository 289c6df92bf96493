"""What finance staff sees of invoices, and does about them."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import finance_required
from careercenter.employers.queries import id_of_slug
from careercenter.extensions import db
from careercenter.invoicing import queries, usecases
from careercenter.invoicing.forms import TERM_WORDS, TermsForm
from careercenter.invoicing.handlers import end_invoice
from careercenter.invoicing.models import Terms
from careercenter.invoicing.views import invoices, page_number, zone
from careercenter.web.rendering import render

blueprint = Blueprint("invoice_desk", __name__, url_prefix="/staff/invoices")

DONE = {
    "payment": "Noted as paid.",
    "cancellation": "Taken back.",
    "write-off": "Written off. It can still be paid.",
}


@blueprint.get("")
@finance_required
def every() -> ResponseReturnValue:
    return _page(TermsForm())


@blueprint.post("/<public_id>/<any('payment','cancellation','write-off'):ending>")
@finance_required
def end(public_id: str, ending: str) -> ResponseReturnValue:
    """Paid by check or transfer, taken back, or written off. What was given for it stays."""
    ways = {"payment": "note_paid", "cancellation": "void", "write-off": "write_off"}
    invoice = queries.any_invoice(db.session, public_id)
    end_invoice(db.session, getattr(invoices(), ways[ending]), invoice.id, zone(), clock.now())
    flash(DONE[ending], "good")
    return redirect(url_for(".every"), 303)


@blueprint.post("/<public_id>/letters")
@finance_required
def send(public_id: str) -> ResponseReturnValue:
    invoice = queries.any_invoice(db.session, public_id)
    usecases.send_again(db.session, invoice, clock.now())
    db.session.commit()
    flash("The invoice is sent again.", "good")
    return redirect(url_for(".every"), 303)


@blueprint.post("/terms")
@finance_required
def decide() -> ResponseReturnValue:
    form = TermsForm()
    if not form.validate():
        return _page(form, 422)
    employer_id = id_of_slug(db.session, form.employer.data)
    if employer_id is None:
        form.employer.errors = ["Enter the last part of the address of an employer’s page."]
        return _page(form, 422)
    terms, reason = Terms(form.terms.data), form.reason.data
    usecases.decide_terms(db.session, employer_id, terms, reason, current_user.user, clock.now())
    db.session.commit()
    flash("Decided. It holds from the next invoice on.", "good")
    return redirect(url_for(".every"), 303)


def _page(form: TermsForm, status: int = 200) -> ResponseReturnValue:
    return render(
        "invoicing/desk.html",
        invoices=queries.every_page(db.session, page_number()),
        decided=queries.decided_terms(db.session),
        words=TERM_WORDS,
        form=form,
        now=clock.now(),
        status=status,
    )
