"""The health of money, for finance staff."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.accounts.access import finance_required
from careercenter.billing.contradictions import contradictions
from careercenter.billing.usecases import resolve as resolve_finding
from careercenter.books import queries, usecases
from careercenter.declines.usecases import forgive
from careercenter.disputes.queries import open_disputes
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.findings.queries import finding, open_findings
from careercenter.refunds.queries import waiting
from careercenter.web.rendering import render

blueprint = Blueprint("books", __name__)


@blueprint.get("/staff/money")
@finance_required
def health() -> ResponseReturnValue:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    now = clock.now()
    return render(
        "books/health.html",
        now=now,
        problems=contradictions(db.session),
        findings=open_findings(db.session),
        held=queries.held(db.session),
        waiting=waiting(db.session),
        disputes=open_disputes(db.session),
        locked=queries.locked_out(db.session, now),
        tasks=queries.dead_tasks(db.session),
        days=queries.daily_totals(db.session, zone, now),
    )


@blueprint.get("/staff/payments/<intent>")
@finance_required
def payment(intent: str) -> ResponseReturnValue:
    """To what was paid by it."""
    public_id = queries.checkout_of(db.session, intent)
    return redirect(url_for("purchases.show", public_id=public_id))


@blueprint.post("/staff/findings/<int(max=2147483647):finding_id>/resolution")
@finance_required
def resolve(finding_id: int) -> ResponseReturnValue:
    found = finding(db.session, finding_id)
    try:
        resolve_finding(db.session, found, clock.now())
    except Invalid as error:
        flash(str(error), "bad")
        return redirect(url_for("purchases.show", public_id=found.object_id), 303)
    return _done("Resolved. If it is seen again, it is open again.")


@blueprint.post("/staff/tasks/<int(max=2147483647):task_id>/runs")
@finance_required
def run_again(task_id: int) -> ResponseReturnValue:
    usecases.run_again(queries.locked_task(db.session, task_id), clock.now())
    return _done("It is tried again within a minute.")


@blueprint.post("/staff/employers/<int(max=2147483647):employer_id>/card-pardons")
@finance_required
def pardon(employer_id: int) -> ResponseReturnValue:
    """Let an employer pay whose cards were declined too often."""
    forgive(db.session, employer_id, clock.now())
    return _done("They may pay again.")


def _done(words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "good")
    return redirect(url_for(".health"), 303)
