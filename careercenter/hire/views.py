"""The employer's desk: its postings."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.applications.queries import count_new
from careercenter.billing.queries import money_undecided
from careercenter.employers.access import member_required
from careercenter.employers.models import Member
from careercenter.extensions import db
from careercenter.hire.queries import first_todo, periods_of
from careercenter.listings.wording import listing_url
from careercenter.moderation.queries import decisions_on
from careercenter.postings import queries as postings
from careercenter.postings import usecases
from careercenter.web.rendering import render

blueprint = Blueprint("hire", __name__)

LAST_PAGE = 1_000_000


@blueprint.get("/hire")
@member_required
def desk(member: Member) -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    now, fresh = clock.now(), count_new(db.session, member.employer_id)
    return render(
        "hire/desk.html",
        employer=member.employer,
        todo=first_todo(db.session, member.employer_id, fresh, now),
        postings=postings.owned_page(db.session, member.employer_id, number),
        new_applications=fresh,
        now=now,
    )


@blueprint.get("/hire/postings/<int(max=2147483647):posting_id>")
@member_required
def posting(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    return render(
        "hire/posting.html",
        posting=posting,
        employer=member.employer,
        url=listing_url(posting.id, posting.slug),
        decisions=decisions_on(db.session, posting.id),
        periods=periods_of(db.session, posting.id),
        new=count_new(db.session, member.employer_id).get(posting.id, 0),
        undecided=money_undecided(db.session, posting.id),
        now=clock.now(),
    )


@blueprint.post("/hire/postings/<int(max=2147483647):posting_id>/pauses")
@member_required
def pause(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    usecases.pause_posting(db.session, posting)
    db.session.commit()
    flash("Paused. Nobody finds it until you resume it; its last day stays the same.", "good")
    return redirect(url_for(".posting", posting_id=posting_id), 303)


@blueprint.post("/hire/postings/<int(max=2147483647):posting_id>/resumptions")
@member_required
def resume(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    usecases.resume_posting(db.session, posting)
    db.session.commit()
    flash("Back on the board.", "good")
    return redirect(url_for(".posting", posting_id=posting_id), 303)


@blueprint.post("/hire/postings/<int(max=2147483647):posting_id>/filling")
@member_required
def fill(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    usecases.fill_posting(db.session, posting, clock.now())
    db.session.commit()
    flash("Marked as filled. It has left the board.", "good")
    return redirect(url_for(".posting", posting_id=posting_id), 303)


@blueprint.post("/hire/postings/<int(max=2147483647):posting_id>/closure")
@member_required
def close(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    usecases.close_posting(db.session, posting, clock.now())
    db.session.commit()
    flash("Closed. It has left the board.", "good")
    return redirect(url_for(".posting", posting_id=posting_id), 303)


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)
