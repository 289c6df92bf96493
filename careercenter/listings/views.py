"""The public board."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

blueprint = Blueprint("listings", __name__)


@blueprint.get("/jobs")
def search() -> ResponseReturnValue:
    return ""
