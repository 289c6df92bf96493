"""What an employer does with a posting once it is written. Each is a POST to a noun."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.employers.access import member_may, member_required
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Conflict, Invalid
from careercenter.extensions import db
from careercenter.lifecycle import usecases
from careercenter.lifecycle.forms import ClosureForm, ScheduleForm, VersionForm
from careercenter.periods.models import UNUSED_RULE
from careercenter.periods.queries import unused_days
from careercenter.postings import queries as postings
from careercenter.postings import usecases as moves
from careercenter.postings.lifecycle import BEFORE_REVIEW, PostingStatus
from careercenter.postings.models import Posting
from careercenter.web.rendering import render

blueprint = Blueprint("lifecycle", __name__)

POSTING = "/hire/postings/<int(max=2147483647):posting_id>"
ON_BOARD = (PostingStatus.PUBLISHED, PostingStatus.PAUSED)


@blueprint.post(f"{POSTING}/pauses")
@member_required
def pause(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = _locked(member, posting_id)
    moves.pause_posting(db.session, posting, clock.now())
    db.session.commit()
    flash("Paused. Nobody finds it, and the days that are left wait for you.", "good")
    return _back(posting_id)


@blueprint.post(f"{POSTING}/resumptions")
@member_required
def resume(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = _locked(member, posting_id)
    usecases.resume_posting(db.session, posting, _zone(), clock.now())
    db.session.commit()
    flash("Back on the board, with all the days that were left.", "good")
    return _back(posting_id)


@blueprint.post(f"{POSTING}/filling")
@member_required
def fill(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = _locked(member, posting_id)
    days = usecases.fill_posting(db.session, posting, clock.now())
    db.session.commit()
    flash("Marked as filled. It has left the board." + _came_back(days), "good")
    return _back(posting_id)


@blueprint.route(f"{POSTING}/closure", methods=["GET", "POST"])
@member_may(Right.WRITE)
def close(member: Member, posting_id: int) -> ResponseReturnValue:
    seen = postings.owned_by(db.session, member.employer_id, posting_id)
    if seen.status not in ON_BOARD:
        raise Conflict
    form = ClosureForm()
    if not form.validate_on_submit():
        unused = unused_days(db.session, seen, clock.now())
        return _page("lifecycle/closure.html", seen, form, unused=unused, rule=UNUSED_RULE)
    posting = postings.locked(db.session, member.employer_id, posting_id, form.seen())
    days = usecases.close_posting(db.session, posting, clock.now(), form.close_reason())
    db.session.commit()
    flash("Closed. It has left the board." + _came_back(days), "good")
    return _back(posting_id)


@blueprint.route(f"{POSTING}/schedule", methods=["GET", "POST"])
@member_may(Right.WRITE)
def schedule(member: Member, posting_id: int) -> ResponseReturnValue:
    now, zone = clock.now(), _zone()
    seen = postings.owned_by(db.session, member.employer_id, posting_id)
    if seen.status not in BEFORE_REVIEW and not seen.is_scheduled(now):
        raise Conflict
    chosen = seen.published_at if seen.is_scheduled(now) else seen.goes_live_at
    form = ScheduleForm(data={"goes_live_at": chosen and chosen.astimezone(zone)})
    if not form.validate_on_submit():
        return _page("lifecycle/schedule.html", seen, form)
    posting = postings.locked(db.session, member.employer_id, posting_id, form.seen())
    try:
        usecases.schedule_posting(db.session, posting, form.instant(zone), zone, now)
    except Invalid as error:
        form.goes_live_at.errors = [str(error)]
        return _page("lifecycle/schedule.html", posting, form)
    db.session.commit()
    flash("Saved.", "good")
    return _back(posting_id)


@blueprint.post(f"{POSTING}/withdrawal")
@member_required
def withdraw(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = _locked(member, posting_id)
    usecases.withdraw_posting(db.session, posting, clock.now())
    db.session.commit()
    flash("A draft again. What you paid is back as a credit.", "good")
    return _back(posting_id)


@blueprint.post(f"{POSTING}/relisting")
@member_required
def relist(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = _locked(member, posting_id)
    usecases.relist_posting(db.session, posting, clock.now())
    db.session.commit()
    flash("A draft again. Look it over, then go on to payment and review.", "good")
    return _back(posting_id)


@blueprint.post(f"{POSTING}/duplicates")
@member_required
def duplicate(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    copy = usecases.duplicate_posting(db.session, posting, clock.now())
    db.session.commit()
    flash("A new draft that says the same. Change what is different.", "good")
    return _back(copy.id)


def _locked(member: Member, posting_id: int) -> Posting:
    return postings.locked(db.session, member.employer_id, posting_id, VersionForm().seen())


def _came_back(days: int) -> str:
    return f" Its {days} unused days are back as one credit." if days else ""


def _back(posting_id: int) -> ResponseReturnValue:
    return redirect(url_for("hire.posting", posting_id=posting_id), 303)


def _page(template: str, posting: Posting, form: VersionForm, **shown: Any) -> ResponseReturnValue:
    if not form.is_submitted():
        form.version.data = posting.version
    status = 422 if form.errors else 200
    return render(template, posting=posting, form=form, status=status, **shown)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    return zone
