"""The candidate's desk: applications sent, résumés kept, and what the candidate holds."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import candidate_required
from careercenter.applications import queries as applications
from careercenter.applications.access import resume_url
from careercenter.applications.usecases import withdraw_application
from careercenter.candidates import queries as candidates
from careercenter.candidates.forms import ExpiriesForm, ResumeForm
from careercenter.candidates.usecases import (
    keep_expiries,
    keep_resume,
    remove_resume,
    take_part,
)
from careercenter.candidates.views import allow_upload, receive
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.me import queries
from careercenter.me.models import ending, facts_of, story
from careercenter.screening.queries import answers_of
from careercenter.web.errors import status_of
from careercenter.web.rendering import render

blueprint = Blueprint("me", __name__)

LAST_PAGE = 1_000_000


@blueprint.url_value_preprocessor
def allow_large_body(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "me.resumes":
        allow_upload()


@blueprint.get("/me")
@candidate_required
def desk() -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    sent, now = applications.sent_page(db.session, current_user.id, number), clock.now()
    return render(
        "me/desk.html",
        standing=queries.standing(db.session, current_user.id),
        sent=sent,
        endings={application.id: ending(application.posting, now) for application in sent.items},
    )


@blueprint.get("/me/applications/<public_id>")
@candidate_required
def application(public_id: str) -> ResponseReturnValue:
    sent, now = applications.sent_by(db.session, current_user.id, public_id), clock.now()
    return render(
        "me/application.html",
        application=sent,
        posting=sent.posting,
        live=sent.posting.is_live(now),
        steps=story(sent, now),
        answers=answers_of(db.session, sent.id),
        file_url=resume_url,
        resume_url=resume_url(sent.resume) if _is_kept(sent.resume.storage_key) else None,
    )


@blueprint.post("/me/applications/<public_id>/withdrawal")
@candidate_required
def withdraw(public_id: str) -> ResponseReturnValue:
    version = request.form.get("version", type=int)
    sent = applications.locked_sent(db.session, current_user.id, public_id, version)
    withdraw_application(db.session, sent, clock.now())
    db.session.commit()
    flash("Your application is withdrawn, and the employer is told.", "good")
    return redirect(url_for(".application", public_id=public_id), 303)


@blueprint.route("/me/resumes", methods=["GET", "POST"])
@candidate_required
def resumes() -> ResponseReturnValue:
    form = ResumeForm()
    if not form.validate_on_submit():
        return _resumes_page(form, 422 if form.errors else 200)
    try:
        file = receive(form.file.upload())
        candidate = take_part(db.session, current_user.id)
        keep_resume(db.session, candidate, file, clock.now())
    except Invalid as error:
        db.session.rollback()
        form.file.errors = [str(error)]
        return _resumes_page(form, status_of(error))
    db.session.commit()
    flash("Your résumé is kept. Choose it when you apply.", "good")
    return redirect(url_for(".resumes"), 303)


@blueprint.post("/me/resumes/<public_id>/removal")
@candidate_required
def remove(public_id: str) -> ResponseReturnValue:
    resume = candidates.locked_resume_of(db.session, current_user.id, public_id)
    remove_resume(db.session, resume, clock.now())
    db.session.commit()
    flash("The résumé is removed.", "good")
    return redirect(url_for(".resumes"), 303)


@blueprint.route("/me/qualifications", methods=["GET", "POST"])
@candidate_required
def qualifications() -> ResponseReturnValue:
    today = clock.now().date()
    form = ExpiriesForm(candidates.credentials_of(db.session, current_user.id))
    if form.validate_on_submit():
        candidate = take_part(db.session, current_user.id)
        keep_expiries(db.session, candidate, form.days())
        db.session.commit()
        flash("Kept. What has expired does not count.", "good")
        return redirect(url_for(".qualifications"), 303)
    told = candidates.qualifications_of(db.session, current_user.id, today)
    return render(
        "me/qualifications.html",
        status=422 if form.errors else 200,
        form=form,
        told=told,
        facts=facts_of(told),
        today=today,
    )


def _resumes_page(form: ResumeForm, status: int) -> ResponseReturnValue:
    kept = candidates.resumes_of(db.session, current_user.id)
    return render(
        "me/resumes.html",
        status=status,
        form=form,
        resumes=kept,
        urls={resume.id: resume_url(resume) for resume in kept},
        uses=applications.count_uses(db.session, current_user.id),
    )


def _is_kept(storage_key: str) -> bool:
    return applications.is_wanted(db.session, storage_key)
