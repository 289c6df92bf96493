"""On and off at the desk, and off from the letter, without a sign-in."""

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter.accounts.tokens import RowTokens
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.extensions import db
from careercenter.lifecycle.forms import VersionForm
from careercenter.postings import queries as postings
from careercenter.renewals import usecases
from careercenter.renewals.models import LINK_AGE, LINK_PURPOSE
from careercenter.web.rendering import render

blueprint = Blueprint("renewals", __name__)


@blueprint.post("/hire/postings/<int(max=2147483647):posting_id>/auto-renewal")
@member_may(Right.SPEND)
def change(member: Member, posting_id: int) -> ResponseReturnValue:
    """``wanted``: whether it renews itself."""
    seen = VersionForm().seen()
    posting = postings.locked(db.session, member.employer_id, posting_id, seen)
    wanted = request.form.get("wanted") == "yes"
    usecases.set_auto_renewal(posting, wanted)
    db.session.commit()
    flash("It renews itself. We write five days before." if wanted else "It ends by itself.")
    return redirect(url_for("hire.posting", posting_id=posting_id), 303)


@blueprint.route("/auto-renewals/<token>", methods=["GET", "POST"])
def stop(token: str) -> ResponseReturnValue:
    """The page behind the link of the letter: one button. Looking changes nothing."""
    posting_id = RowTokens(current_app.extensions["settings"], LINK_PURPOSE, LINK_AGE).read(token)
    if request.method == "GET":
        posting = postings.any_posting(db.session, posting_id)
        return render("renewals/stop.html", posting=posting, token=token)
    usecases.set_auto_renewal(postings.locked_any(db.session, posting_id), False)
    db.session.commit()
    return redirect(url_for(".stop", token=token), 303)
