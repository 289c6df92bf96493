"""The review queue."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

blueprint = Blueprint("moderation", __name__)


@blueprint.get("/staff/review")
def queue() -> ResponseReturnValue:
    return ""
