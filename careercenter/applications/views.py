"""Applying, reading what was sent, answering it, and fetching a résumé."""

from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import candidate_required, signed_in
from careercenter.applications import queries, usecases
from careercenter.applications.access import LinkExpired, read_resume_token, resume_url
from careercenter.applications.forms import ApplyForm
from careercenter.applications.models import ApplicationStatus, PostingEnded
from careercenter.candidates import queries as candidates
from careercenter.candidates.forms import ResumeField
from careercenter.candidates.gateway import TYPES
from careercenter.candidates.models import StoredFile
from careercenter.candidates.usecases import expect_file
from careercenter.candidates.views import allow_upload, store
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Conflict, Invalid, Unavailable
from careercenter.extensions import db
from careercenter.postings import queries as postings
from careercenter.postings.models import ApplyBy, Posting
from careercenter.screening.forms import asking
from careercenter.screening.queries import answers_of, questions_of, ruled_out
from careercenter.storage import Storage
from careercenter.taxonomy.pay import describe_hourly, describe_origin, hourly_range
from careercenter.taxonomy.requirements import explain
from careercenter.web.errors import error_page, status_of
from careercenter.web.rendering import render

blueprint = Blueprint("applications", __name__)

ANSWERS = {
    "shortlisting": usecases.shortlist_application,
    "declining": usecases.decline_application,
    "hiring": usecases.hire_candidate,
}
ANSWERED = {
    "shortlisting": "Shortlisted. The candidate is told by mail. You now see their address.",
    "declining": "Declined. The candidate is told by mail.",
    "hiring": "Marked as hired. The candidate is told by mail.",
}
EXPIRED_LINK = "This download link has expired. Go back to the page it was on and reload it."
ELSEWHERE = "This employer takes applications on its own site. Open the job again to go there."
LAST_PAGE = 1_000_000


@blueprint.errorhandler(PostingEnded)
def posting_ended(error: PostingEnded) -> ResponseReturnValue:
    return error_page(410)


@blueprint.url_value_preprocessor
def allow_large_body(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "applications.apply":
        allow_upload()


@blueprint.route("/jobs/<int(max=2147483647):posting_id>-<slug>/apply", methods=["GET", "POST"])
@candidate_required
def apply(posting_id: int, slug: str) -> ResponseReturnValue:
    user_id = current_user.id
    sent = queries.sent_to(db.session, user_id, posting_id)
    if sent is not None:
        return redirect(url_for("me.application", public_id=sent), 303)
    posting, form = _open_posting(posting_id), _apply_form(user_id, posting_id)
    if not form.validate_on_submit():
        return _apply_page(posting, form, 422 if form.errors else 200)
    try:
        sending = form.sending(_receive(form))
        sent = usecases.apply(db.session, user_id, posting_id, sending, clock.now())
    except Invalid as error:
        return _refused(posting, form, error)
    except Unavailable as error:
        return _unavailable(posting, form, error)
    db.session.commit()
    flash("Your application is on its way. We mail you when the employer answers.", "good")
    return redirect(url_for("me.application", public_id=sent), 303)


@blueprint.get("/files/resumes/<token>")
@signed_in
def resume_file(token: str) -> ResponseReturnValue:
    try:
        public_id = read_resume_token(token)
    except LinkExpired:
        return error_page(410, EXPIRED_LINK)
    resume = queries.readable_resume(db.session, current_user.id, public_id)
    key, name, kind = resume.storage_key, resume.file_name, resume.content_type
    db.session.commit()  # nothing is open while the file store is read
    storage: Storage = current_app.extensions["storage"]
    content = BytesIO(storage.read(key))
    kind = kind if kind in TYPES.values() else "application/octet-stream"
    response = send_file(content, mimetype=kind, as_attachment=True, download_name=name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/hire/postings/<int(max=2147483647):posting_id>/applications")
@member_may(Right.READ_APPLICATIONS)
def of_posting(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    wanted = request.args.get("status", "")
    status = ApplicationStatus(wanted) if wanted in set(ApplicationStatus) else None
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    page = queries.received_page(db.session, posting.id, status, number)
    return render(
        "applications/of_posting.html",
        posting=posting,
        chosen=status,
        counts=queries.count_by_status(db.session, posting.id),
        applications=page,
        ruled_out=ruled_out(db.session, [application.id for application in page.items]),
    )


@blueprint.get("/hire/applications/<public_id>")
@member_may(Right.READ_APPLICATIONS)
def received(member: Member, public_id: str) -> ResponseReturnValue:
    application = queries.received_by(db.session, member.employer_id, public_id)
    return render(
        "applications/received.html",
        application=application,
        posting=application.posting,
        requirements=explain(application.posting.required, ()),
        answers=answers_of(db.session, application.id),
        resume_url=resume_url(application.resume) if application.readable else None,
        file_url=resume_url,
    )


@blueprint.post("/hire/applications/<public_id>/<any(shortlisting, declining, hiring):answer>")
@member_may(Right.ANSWER)
def answer(member: Member, public_id: str, answer: str) -> ResponseReturnValue:
    version = request.form.get("version", type=int)
    application = queries.locked_received(db.session, member.employer_id, public_id, version)
    ANSWERS[answer](db.session, application, clock.now())
    db.session.commit()
    flash(ANSWERED[answer], "good")
    return redirect(url_for(".received", public_id=public_id), 303)


def _open_posting(posting_id: int) -> Posting:
    """One that may be applied to now; a draft is not found, what has ended is gone."""
    posting = postings.public(db.session, posting_id, clock.now())
    if not posting.is_live(clock.now()):
        raise PostingEnded
    if posting.apply_by is ApplyBy.WEB:
        raise Conflict(ELSEWHERE)
    return posting


def _apply_form(user_id: int, posting_id: int) -> ApplyForm:
    """With the résumé that was sent last, or else the newest, already chosen."""
    resumes = candidates.resumes_of(db.session, user_id)
    kept = [resume.public_id for resume in resumes]
    last = queries.resume_sent_last(db.session, user_id)
    return asking(ApplyForm, questions_of(db.session, posting_id))(
        resumes, last if last in kept else next(iter(kept), None)
    )


def _apply_page(
    posting: Posting, form: ApplyForm, status: int, problem: str | None = None
) -> ResponseReturnValue:
    hourly = hourly_range(posting.pay)
    return render(
        "applications/apply.html",
        status=status,
        posting=posting,
        form=form,
        problems=[problem] if problem else [],
        pay=describe_hourly(hourly),
        pay_origin=describe_origin(posting.pay),
        requirements=explain(posting.required, ()),
    )


def _receive(form: ApplyForm) -> dict[str, StoredFile]:
    """Name of a field → its file, checked and stored while no transaction is open."""
    keys = {
        field: expect_file(db.session, current_user.id, clock.now(), listed=field is form.file)
        for field in form.files
    }
    if keys:
        db.session.commit()
    return {field.name: _store(key, field) for field, key in keys.items()}


def _store(key: str, field: ResumeField) -> StoredFile:
    """Raises ``Invalid`` about this field, or ``Unavailable``."""
    try:
        return store(key, field.upload())
    except Invalid as error:
        error.field = field.name
        raise


def _refused(posting: Posting, form: ApplyForm, error: Invalid) -> ResponseReturnValue:
    """What was typed is kept; the file has to be chosen again, browsers allow no other way."""
    db.session.rollback()
    form[error.field or "file"].errors = [str(error)]
    return _apply_page(posting, form, status_of(error))


def _unavailable(posting: Posting, form: ApplyForm, error: Unavailable) -> ResponseReturnValue:
    db.session.rollback()
    response = current_app.make_response(_apply_page(posting, form, 503, str(error)))
    response.headers["Retry-After"] = str(error.seconds)
    return response
