"""Asking for an invoice, and seeing how it stands."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.billing import queries as billing
from careercenter.billing import till
from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import NOT_SOLD, AlreadyPaid
from careercenter.copies.usecases import Repost
from careercenter.employers import queries as employers
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Invalid, NotFound
from careercenter.extensions import db, end_reading
from careercenter.invoicing import queries, usecases
from careercenter.invoicing.forms import InvoiceForm
from careercenter.invoicing.gateway import Invoices
from careercenter.invoicing.handlers import end_invoice
from careercenter.invoicing.models import RemoteInvoice
from careercenter.plans.models import PlanKind
from careercenter.plans.queries import on_sale
from careercenter.postings import queries as postings
from careercenter.publishing.queries import days_for
from careercenter.web.rendering import render

blueprint = Blueprint("invoicing", __name__)

POSTING = "/hire/postings/<int(max=2147483647):posting_id>"
LAST_PAGE = 10_000


@blueprint.get(f"{POSTING}/invoice")
@member_may(Right.BUY)
def ask(member: Member, posting_id: int) -> ResponseReturnValue:
    """What will be on it, before it is made."""
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    purchase = days_for(db.session, posting, clock.now())
    if purchase is None or not billing.payable(db.session, posting, clock.now()):
        return redirect(url_for("hire.posting", posting_id=posting_id), 303)
    if billing.bought(db.session, member.employer_id, purchase) is not None:
        return redirect(url_for("publishing.review", posting_id=posting_id), 303)
    return _form(member, purchase, InvoiceForm(version=posting.version))


@blueprint.post(f"{POSTING}/invoices")
@member_may(Right.BUY)
def start(member: Member, posting_id: int) -> ResponseReturnValue:
    form, now, employer_id = InvoiceForm(), clock.now(), member.employer_id
    till.make_ready(member, now, lambda mine: None)
    posting = billing.posting_to_pay(db.session, employer_id, posting_id, form.seen())
    purchase = days_for(db.session, posting, now)
    if purchase is None:
        raise Invalid(NOT_SOLD)
    return _request(member, purchase, form)


@blueprint.get("/hire/credits/invoice")
@member_may(Right.BUY)
def ask_for_credits(member: Member) -> ResponseReturnValue:
    form = InvoiceForm(formdata=None, plan=request.args.get("plan", ""))
    return _form(member, _bundle(form), form)


@blueprint.post("/hire/credits/invoices")
@member_may(Right.BUY)
def start_for_credits(member: Member) -> ResponseReturnValue:
    form = InvoiceForm()
    till.make_ready(member, clock.now(), lambda mine: None)
    return _request(member, _bundle(form), form)


def _bundle(form: InvoiceForm) -> Purchase:
    for plan in on_sale(db.session, PlanKind.BUNDLE):
        if plan.slug == form.plan.data:
            return Purchase(plan, None, PlanKind.BUNDLE)
    raise NotFound


def _request(member: Member, purchase: Purchase, form: InvoiceForm) -> ResponseReturnValue:
    """Our row stands, and a task makes it at Stripe; a second click finds it."""
    now = clock.now()
    if not form.validate():
        return _form(member, purchase, form, 422)
    employers.locked(db.session, member.employer_id)
    wishes, settings = form.wishes(), till.settings()
    try:
        invoice = usecases.request_invoice(db.session, purchase, member, wishes, settings, now)
    except AlreadyPaid as paid:
        return redirect(url_for("billing.checkout", public_id=paid.public_id), 303)
    except (Invalid, Repost) as error:
        form.form_errors.append(str(error))
        return _form(member, purchase, form, 409 if isinstance(error, Repost) else 422)
    db.session.commit()
    return redirect(url_for(".show", public_id=invoice.public_id), 303)


@blueprint.get("/hire/invoices")
@member_may(Right.BUY)
def every(member: Member) -> ResponseReturnValue:
    page = queries.page_of_employer(db.session, member.employer_id, page_number())
    return render("invoicing/invoices.html", invoices=page, now=clock.now())


@blueprint.get("/hire/invoices/<public_id>")
@member_may(Right.SPEND)
def show(member: Member, public_id: str) -> ResponseReturnValue:
    invoice = queries.of_employer(db.session, member.employer_id, public_id)
    return render("invoicing/invoice.html", invoice=invoice, now=clock.now())


@blueprint.get("/hire/invoices/<public_id>/page")
@member_may(Right.BUY)
def hosted(member: Member, public_id: str) -> ResponseReturnValue:
    """To where it is read and paid, at Stripe."""
    return redirect(_as_it_stands(member, public_id).url, 303)


@blueprint.get("/hire/invoices/<public_id>/pdf")
@member_may(Right.BUY)
def printed(member: Member, public_id: str) -> ResponseReturnValue:
    return redirect(_as_it_stands(member, public_id).pdf_url, 303)


def _as_it_stands(member: Member, public_id: str) -> RemoteInvoice:
    """Asked for each time, for its addresses run out. Raises ``NotFound`` before it is made."""
    invoice = queries.of_employer(db.session, member.employer_id, public_id)
    if invoice.stripe_invoice_id is None:
        raise NotFound
    remote_id = invoice.stripe_invoice_id
    end_reading()
    return invoices().retrieve(remote_id)


@blueprint.post("/hire/invoices/<public_id>/cancellation")
@member_may(Right.BUY)
def cancel(member: Member, public_id: str) -> ResponseReturnValue:
    """Only before anything was given for it. If the money was quicker, the money stands."""
    invoice = queries.of_employer(db.session, member.employer_id, public_id)
    usecases.check_may_void(queries.locked(db.session, invoice.id))
    end_invoice(db.session, invoices().void, invoice.id, zone(), clock.now())
    return redirect(url_for(".show", public_id=public_id), 303)


def _form(
    member: Member, purchase: Purchase, form: InvoiceForm, status: int = 200
) -> ResponseReturnValue:
    cents, settings = purchase.plan.price_cents, till.settings()
    return render(
        "invoicing/form.html",
        form=form,
        purchase=purchase,
        trust=queries.trust_in(db.session, member.employer, cents, clock.now()),
        payments_on=bool(settings.stripe_secret_key),
        taxed=settings.automatic_tax,
        status=status,
    )


def invoices() -> Invoices:
    found: Invoices = current_app.extensions["invoices"]
    return found


def zone() -> ZoneInfo:
    return ZoneInfo(till.settings().board_zone)


def page_number() -> int:
    return min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
