"""Claiming an organization from its public page, and the list that staff decide."""

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import employer_required, moderator_required
from careercenter.accounts.tokens import BadLink, Tokens
from careercenter.claims import queries, usecases
from careercenter.claims.forms import ApprovalForm, ClaimForm, RejectionForm
from careercenter.claims.handlers import PURPOSE
from careercenter.claims.models import Claim
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer, MemberRole
from careercenter.employers.rights import ROLE_WORDS
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.postings.queries import public_employer
from careercenter.verification.domains import site_domain
from careercenter.web.rendering import render

blueprint = Blueprint("claims", __name__)

LAST_PAGE = 1_000_000


@blueprint.get("/employers/<slug>/claim")
@employer_required
def claim(slug: str) -> ResponseReturnValue:
    return _claim_page(public_employer(db.session, slug), ClaimForm(formdata=None))


@blueprint.post("/employers/<slug>/claims")
@employer_required
def ask(slug: str) -> ResponseReturnValue:
    employer, form = public_employer(db.session, slug), ClaimForm()
    if not form.validate_on_submit():
        return _claim_page(employer, form, 422)
    email, words, now = form.email.data, form.words.data, clock.now()
    try:
        asked = usecases.claim_employer(db.session, employer, current_user.user, email, words, now)
    except Invalid as error:
        form.email.errors = [str(error)]
        return _claim_page(employer, form, 422)
    db.session.commit()
    link = "" if asked.confirmed_at else f" First open the link that we mailed to {email}."
    flash(f"Staff will look at your claim and mail you.{link}", "good")
    return redirect(url_for(".claim", slug=slug), 303)


@blueprint.route("/claims/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Whoever reads mail there need not be signed in."""
    found = _claim(token)
    if request.method == "GET":
        return render("claims/confirm.html", token=token, claim=found)
    usecases.prove_address(found, clock.now())
    db.session.commit()
    return render("claims/confirmed.html", claim=found)


@blueprint.get("/staff/claims")
@moderator_required
def waiting() -> ResponseReturnValue:
    return _waiting_page()


@blueprint.post("/staff/claims/<public_id>/approval")
@moderator_required
def approve(public_id: str) -> ResponseReturnValue:
    form = ApprovalForm()
    if not form.validate_on_submit():
        return _waiting_page(form, 422)
    found, role = queries.locked(db.session, public_id, _seen()), MemberRole(form.role.data)
    usecases.approve_claim(db.session, found, role, current_user.user, clock.now())
    db.session.commit()
    flash(f"{found.user.name} now acts for {found.employer.name}, and is told by mail.", "good")
    return redirect(url_for(".waiting"), 303)


@blueprint.post("/staff/claims/<public_id>/rejection")
@moderator_required
def reject(public_id: str) -> ResponseReturnValue:
    form = RejectionForm()
    if not form.validate_on_submit():
        return _waiting_page(form, 422)
    found = queries.locked(db.session, public_id, _seen())
    usecases.reject_claim(db.session, found, form.answer.data, current_user.user, clock.now())
    db.session.commit()
    flash(f"Turned down. {found.user.name} is told by mail.", "good")
    return redirect(url_for(".waiting"), 303)


def _seen() -> int:
    """The version that the moderator saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)


def _claim(token: str) -> Claim:
    tokens: Tokens = current_app.extensions["tokens"]
    found = queries.by_public_id(db.session, tokens.read_link(PURPOSE, token))
    if found is None or not found.awaits_proof(clock.now()):
        raise BadLink
    return found


def _claim_page(employer: Employer, form: ClaimForm, status: int = 200) -> ResponseReturnValue:
    return render(
        "claims/claim.html",
        status=status,
        employer=employer,
        domain=site_domain(employer.website),
        led=bool(employers.owner_addresses(db.session, employer.id)),
        member=employers.member_of(db.session, current_user.id),
        asked=queries.waiting_of(db.session, current_user.id),
        form=form,
    )


def _waiting_page(
    problems: ApprovalForm | RejectionForm | None = None, status: int = 200
) -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    found = queries.waiting_page(db.session, number)
    return render(
        "claims/waiting.html",
        status=status,
        waiting=found,
        owners=queries.owners_of(db.session, {claim.employer_id for claim in found.items}),
        roles=ROLE_WORDS,
        problems=problems,
    )
