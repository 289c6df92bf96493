"""Feeds."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/feeds/jobs.atom")
def atom() -> ResponseReturnValue:
    return ""
