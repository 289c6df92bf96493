"""The employer's desk: its postings."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.applications.queries import count_new
from careercenter.billing.queries import money_undecided
from careercenter.billing.usecases import check_may_act
from careercenter.drafting.queries import unfinished
from careercenter.employers import queries as employers
from careercenter.employers.access import check_right, member_may, member_required
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.extensions import db
from careercenter.heartbeat.queries import of_posting
from careercenter.hire.desk_list import SORTS, STATES, desk_list
from careercenter.hire.forms import back_to, chosen_in, outcome_words, shown_of
from careercenter.hire.queries import first_todo, periods_of
from careercenter.hire.usecases import Bench, BulkAct, change_postings
from careercenter.insights.reach_queries import DAYS
from careercenter.lifecycle.models import CLOSE_REASONS, acts, days_left
from careercenter.listings.wording import listing_url
from careercenter.moderation.queries import decisions_on
from careercenter.periods.queries import renewing
from careercenter.postings import queries as postings
from careercenter.web.rendering import render

blueprint = Blueprint("hire", __name__)


@blueprint.get("/hire")
@member_required
def desk(member: Member) -> ResponseReturnValue:
    shown, now = shown_of(request.args), clock.now()
    fresh = count_new(db.session, member.employer_id)
    since = now.astimezone(_bench().zone).date() - timedelta(days=DAYS - 1)
    return render(
        "hire/desk.html",
        employer=member.employer,
        todo=first_todo(db.session, member.employer_id, fresh, now),
        shown=shown,
        states=STATES,
        sorts=SORTS,
        drafts=unfinished(db.session, member.employer_id),
        list=desk_list(db.session, member.employer_id, shown, since, now),
        new_applications=fresh,
        now=now,
    )


@blueprint.post("/hire/weekly-letter")
@member_may(Right.DESCRIBE)
def weekly_letter(member: Member) -> ResponseReturnValue:
    """``wanted``: whether a letter a week is written."""
    employer = employers.locked(db.session, member.employer_id)
    employer.weekly_letter = request.form.get("wanted") == "yes"
    db.session.commit()
    flash("You get a letter on Mondays." if employer.weekly_letter else "No more weekly letters.")
    return redirect(url_for(".desk"), 303)


@blueprint.post("/hire/changes")
@member_may(Right.WRITE)
def change(member: Member) -> ResponseReturnValue:
    """Of all postings that are ticked."""
    act, chosen = chosen_in(request.form)
    if act is BulkAct.RENEW:
        check_right(member, Right.SPEND)
        check_may_act(member)
    done, refused = change_postings(
        db.session, member.employer_id, act, chosen, _bench(), clock.now()
    )
    db.session.commit()
    flash(*outcome_words(done, refused))
    return redirect(url_for(".desk", **back_to(request.form)), 303)


@blueprint.get("/hire/postings/<int(max=2147483647):posting_id>")
@member_required
def posting(member: Member, posting_id: int) -> ResponseReturnValue:
    posting, now = postings.owned_by(db.session, member.employer_id, posting_id), clock.now()
    undecided = money_undecided(db.session, posting.id)
    return render(
        "hire/posting.html",
        posting=posting,
        acts=acts(posting, now, undecided=undecided, renewing=renewing(db.session, posting, now)),
        days_left=days_left(posting),
        close_reasons=CLOSE_REASONS,
        heartbeats=of_posting(db.session, posting.id),
        url=listing_url(posting.id, posting.slug),
        decisions=decisions_on(db.session, posting.id),
        periods=periods_of(db.session, posting.id),
        new=count_new(db.session, member.employer_id).get(posting.id, 0),
        undecided=undecided,
        now=now,
    )


def _bench() -> Bench:
    return Bench(current_app.config["BOARD_ZONE"])
