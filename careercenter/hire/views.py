"""The employer's desk."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

blueprint = Blueprint("hire", __name__)


@blueprint.get("/hire")
def desk() -> ResponseReturnValue:
    return ""


@blueprint.get("/hire/organization")
def organization() -> ResponseReturnValue:
    return ""
