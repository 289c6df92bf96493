"""The candidate's desk."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

blueprint = Blueprint("me", __name__)


@blueprint.get("/me")
def desk() -> ResponseReturnValue:
    return ""
