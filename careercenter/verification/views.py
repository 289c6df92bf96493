"""What an employer can do to be believed, and what staff do about it."""

import hashlib
from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import moderator_required, role_required
from careercenter.accounts.models import Role
from careercenter.accounts.tokens import BadLink, Tokens
from careercenter.candidates import gateway as files
from careercenter.candidates.models import StoredFile
from careercenter.candidates.views import allow_upload
from careercenter.config import Settings
from careercenter.employers import queries as employers
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Invalid, NotFound
from careercenter.extensions import db
from careercenter.storage import Storage
from careercenter.verification import queries, usecases
from careercenter.verification.domains import expected_texts, record_name, site_domain
from careercenter.verification.forms import AddressForm, DocumentForm, RefusalForm
from careercenter.verification.gateway import Resolver
from careercenter.verification.handlers import PURPOSE
from careercenter.verification.models import (
    DOCUMENT_WORDS,
    Document,
    DocumentKind,
    WorkAddress,
)
from careercenter.web.errors import status_of
from careercenter.web.rendering import render

blueprint = Blueprint("verification", __name__)

LAST_PAGE = 1_000_000
NOT_SEEN = "We found no such record yet. New records can take an hour to be seen everywhere."


@blueprint.url_value_preprocessor
def allow_large_body(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "verification.hand_in":
        allow_upload()


@blueprint.get("/hire/verification")
@member_may(Right.READ)
def checks(member: Member) -> ResponseReturnValue:
    return _checks_page(member)


@blueprint.post("/hire/verification/addresses")
@member_may(Right.DESCRIBE)
def ask_address(member: Member) -> ResponseReturnValue:
    form = AddressForm()
    if not form.validate_on_submit():
        return _checks_page(member, form)
    try:
        asked = usecases.ask_address(
            db.session, member.employer, form.email.data, member.user, clock.now()
        )
    except Invalid as error:
        form.email.errors = [str(error)]
        return _checks_page(member, form)
    db.session.commit()
    words = "is confirmed already" if asked.confirmed_at else "gets a link to confirm it"
    flash(f"{asked.email} {words}.", "good")
    return redirect(url_for(".checks"), 303)


@blueprint.route("/work-addresses/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Whoever reads mail there need not have an account."""
    address = _address(token)
    if request.method == "GET":
        return render("verification/confirm.html", token=token, address=address)
    usecases.confirm_work_address(address, clock.now())
    db.session.commit()
    return render("verification/confirmed.html", address=address)


@blueprint.post("/hire/verification/domain-checks")
@member_may(Right.DESCRIBE)
def check_domain(member: Member) -> ResponseReturnValue:
    """The name server is asked while no transaction is open."""
    employer_id, now = member.employer_id, clock.now()
    domain = usecases.expect_lookup(db.session, member.employer, now)
    db.session.commit()
    resolver: Resolver = current_app.extensions["resolver"]
    found = resolver.texts(record_name(domain))
    expected = _expected(employer_id, domain)
    if not usecases.note_lookup(db.session, employer_id, domain, found, expected, now):
        return _checks_page(member, problem=NOT_SEEN)
    db.session.commit()
    flash(f"We saw the record. {domain} is yours.", "good")
    return redirect(url_for(".checks"), 303)


@blueprint.post("/hire/verification/documents")
@member_may(Right.DESCRIBE)
def hand_in(member: Member) -> ResponseReturnValue:
    form, employer_id = DocumentForm(), member.employer_id
    if not form.validate_on_submit():
        return _checks_page(member, document=form)
    try:
        file = _receive(employer_id, form)
    except Invalid as error:
        form.file.errors = [str(error)]
        return _checks_page(member, document=form, status=status_of(error))
    usecases.hand_in(db.session, employer_id, DocumentKind(form.kind.data), file, clock.now())
    db.session.commit()
    flash("Handed in. We mail you when somebody has looked at it.", "good")
    return redirect(url_for(".checks"), 303)


@blueprint.post("/hire/verification/documents/<public_id>/removal")
@member_may(Right.DESCRIBE)
def take_back(member: Member, public_id: str) -> ResponseReturnValue:
    queries.document_of(db.session, member.employer_id, public_id)
    document = queries.locked_document(db.session, public_id, _seen())
    usecases.take_back(db.session, document, clock.now())
    db.session.commit()
    flash("Taken back, and deleted.", "good")
    return redirect(url_for(".checks"), 303)


@blueprint.get("/files/documents/<public_id>")
@role_required(Role.EMPLOYER, Role.MODERATOR)
def file(public_id: str) -> ResponseReturnValue:
    """For staff, and for who handed it in."""
    document = _readable(public_id)
    key, name, kind = document.storage_key, document.file_name, document.content_type
    db.session.commit()  # nothing is open while the file store is read
    content = BytesIO(_storage().read(key))
    response = send_file(content, mimetype=kind, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/staff/documents")
@moderator_required
def documents() -> ResponseReturnValue:
    return _documents_page()


@blueprint.post("/staff/documents/<public_id>/sighting")
@moderator_required
def accept(public_id: str) -> ResponseReturnValue:
    document = queries.locked_document(db.session, public_id, _seen())
    usecases.accept_document(db.session, document, current_user.user, clock.now())
    db.session.commit()
    flash("Marked as seen. The employer is told by mail.", "good")
    return redirect(url_for(".documents"), 303)


@blueprint.post("/staff/documents/<public_id>/refusal")
@moderator_required
def refuse(public_id: str) -> ResponseReturnValue:
    form = RefusalForm()
    if not form.validate_on_submit():
        return _documents_page(form, 422)
    document = queries.locked_document(db.session, public_id, _seen())
    usecases.refuse_document(db.session, document, current_user.user, form.words.data, clock.now())
    db.session.commit()
    flash("Not taken as proof. The employer is told by mail.", "good")
    return redirect(url_for(".documents"), 303)


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)


def _address(token: str) -> WorkAddress:
    tokens: Tokens = current_app.extensions["tokens"]
    address = queries.address_by(db.session, tokens.read_link(PURPOSE, token))
    if address is None or not address.is_open(clock.now()):
        raise BadLink
    return address


def _receive(employer_id: int, form: DocumentForm) -> StoredFile:
    """Check a file and store its bytes while no transaction is open."""
    upload = form.file.upload()
    key = usecases.expect_document(db.session, employer_id, clock.now())
    db.session.commit()
    found = files.examine(upload.file_name, upload.content)
    _storage().save(key, upload.content)
    digest = hashlib.sha256(upload.content).hexdigest()
    size = len(upload.content)
    return StoredFile(key, upload.file_name, found.content_type, size, digest, found.active)


def _readable(public_id: str) -> Document:
    if current_user.role is Role.MODERATOR:
        document = queries.any_document(db.session, public_id)
    else:
        member = employers.member_of(db.session, current_user.id)
        if member is None or not member.may(Right.DESCRIBE):
            raise NotFound
        document = queries.document_of(db.session, member.employer_id, public_id)
    if not document.is_kept(clock.now()):
        raise NotFound
    return document


def _expected(employer_id: int, domain: str) -> tuple[str, ...]:
    settings: Settings = current_app.extensions["settings"]
    secrets = (settings.secret_key, *settings.secret_key_fallbacks)
    return expected_texts(employer_id, domain, secrets)


def _storage() -> Storage:
    storage: Storage = current_app.extensions["storage"]
    return storage


def _checks_page(
    member: Member,
    address: AddressForm | None = None,
    document: DocumentForm | None = None,
    problem: str = "",
    status: int = 422,
) -> ResponseReturnValue:
    employer = member.employer
    domain = site_domain(employer.website)
    return render(
        "verification/checks.html",
        status=status if address or document or problem else 200,
        member=member,
        facts=queries.facts_of(db.session, employer),
        domain=domain,
        record=record_name(domain),
        expected=_expected(employer.id, domain)[0],
        addresses=queries.addresses_of(db.session, employer.id),
        documents=queries.documents_of(db.session, employer.id),
        kinds=DOCUMENT_WORDS,
        address_form=address or AddressForm(formdata=None),
        document_form=document or DocumentForm(formdata=None),
        refused=address or document,
        problem=problem,
        now=clock.now(),
    )


def _documents_page(form: RefusalForm | None = None, status: int = 200) -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render(
        "verification/documents.html",
        status=status,
        waiting=queries.waiting_documents(db.session, number),
        kinds=DOCUMENT_WORDS,
        form=form or RefusalForm(formdata=None),
    )
