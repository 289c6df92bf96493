"""The employer's desk: its postings."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.applications.queries import count_new
from careercenter.billing.period_queries import renewing
from careercenter.billing.queries import money_undecided
from careercenter.employers.access import member_required
from careercenter.employers.models import Member
from careercenter.extensions import db
from careercenter.hire.queries import first_todo, periods_of
from careercenter.lifecycle.models import CLOSE_REASONS, acts, days_left
from careercenter.listings.wording import listing_url
from careercenter.moderation.queries import decisions_on
from careercenter.postings import queries as postings
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
    posting, now = postings.owned_by(db.session, member.employer_id, posting_id), clock.now()
    undecided = money_undecided(db.session, posting.id)
    return render(
        "hire/posting.html",
        posting=posting,
        acts=acts(posting, now, undecided=undecided, renewing=renewing(db.session, posting, now)),
        days_left=days_left(posting),
        close_reasons=CLOSE_REASONS,
        url=listing_url(posting.id, posting.slug),
        decisions=decisions_on(db.session, posting.id),
        periods=periods_of(db.session, posting.id),
        new=count_new(db.session, member.employer_id).get(posting.id, 0),
        undecided=undecided,
        now=now,
    )
