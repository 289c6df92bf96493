"""Payment methods, tax details and receipts: on Stripe's pages, reached from ours."""

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from careercenter.billing import queries as billing
from careercenter.billing import till
from careercenter.billing.remote import PaymentsRefused
from careercenter.billing.usecases import check_may_pay
from careercenter.employers import queries as employers
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import NotFound, Unavailable
from careercenter.extensions import db, end_reading
from careercenter.invoicing.queries import newest_of
from careercenter.portal.gateway import Portal
from careercenter.portal.models import BillingDetails
from careercenter.web.rendering import render

blueprint = Blueprint("portal", __name__)


@blueprint.get("/hire/billing/details")
@member_may(Right.BUY)
def details(member: Member) -> ResponseReturnValue:
    """As Stripe has them now; we keep no copy."""
    customer_id, settings = member.employer.stripe_customer_id, till.settings()
    known: BillingDetails | None = BillingDetails()
    if customer_id:
        end_reading()
        try:
            known = _portal().details(customer_id)
        except (Unavailable, PaymentsRefused):
            known = None
    return render(
        "portal/details.html",
        known=known,
        payments_on=bool(settings.stripe_secret_key),
        taxed=settings.automatic_tax,
    )


@blueprint.post("/hire/billing/portal-sessions")
@member_may(Right.BUY)
def visit(member: Member) -> ResponseReturnValue:
    """To Stripe's pages, where cards, plans, addresses and tax ids are changed."""
    check_may_pay(till.settings())
    employer_id, customer_id = member.employer_id, member.employer.stripe_customer_id
    called, email = member.employer.name, member.user.email
    db.session.commit()
    if customer_id is None:
        customer_id = till.payments().create_customer(employer_id, called, email)
        employers.locked(db.session, employer_id).stripe_customer_id = customer_id
        db.session.commit()
    try:
        back = till.settings().base_url + url_for(".details")
        return redirect(_portal().open(customer_id, back), 303)
    except PaymentsRefused as refused:
        if refused.param == "customer":  # deleted at Stripe: the next visit makes another
            employers.locked(db.session, employer_id).stripe_customer_id = None
            db.session.commit()
        raise


@blueprint.get("/hire/checkouts/<public_id>/receipt")
@member_may(Right.BUY)
def receipt(member: Member, public_id: str) -> ResponseReturnValue:
    """Asked for each time: its address is Stripe's secret and runs out."""
    checkout = billing.of_employer(db.session, member.employer_id, public_id)
    invoice = newest_of(db.session, checkout.id)
    if invoice is not None and invoice.stripe_invoice_id:
        return redirect(url_for("invoicing.printed", public_id=invoice.public_id), 303)
    paid = [it.stripe_session_id for it in checkout.attempts if it.state == "complete"]
    end_reading()
    found = _portal().receipt(paid[-1]) if paid and paid[-1] else ""
    if not found:
        raise NotFound
    return redirect(found, 303)


def _portal() -> Portal:
    portal: Portal = current_app.extensions["portal"]
    return portal
