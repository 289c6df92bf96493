"""Disputes, for finance staff."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.accounts.access import finance_required
from careercenter.disputes import queries
from careercenter.disputes.evidence import evidence_of
from careercenter.extensions import db
from careercenter.web.rendering import render

blueprint = Blueprint("disputes", __name__)

LAST_PAGE = 10_000


@blueprint.get("/staff/disputes")
@finance_required
def every() -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    found = queries.page(db.session, number)
    return render("disputes/disputes.html", found=found, now=clock.now())


@blueprint.get("/staff/disputes/<dispute_id>")
@finance_required
def show(dispute_id: str) -> ResponseReturnValue:
    dispute = queries.by_id(db.session, dispute_id)
    evidence = evidence_of(db.session, dispute.checkout, _zone())
    return render("disputes/dispute.html", dispute=dispute, evidence=evidence, now=clock.now())


@blueprint.get("/staff/disputes/<dispute_id>/evidence")
@finance_required
def evidence(dispute_id: str) -> ResponseReturnValue:
    """The same as a file."""
    dispute = queries.by_id(db.session, dispute_id)
    text = evidence_of(db.session, dispute.checkout, _zone())
    name = f"evidence-{dispute.checkout.public_id}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="text/plain", headers=headers)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    return zone
