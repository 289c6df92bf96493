"""Pages for everybody."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    return ""


@blueprint.get("/employers")
def employers() -> ResponseReturnValue:
    return ""


@blueprint.get("/pricing")
def pricing() -> ResponseReturnValue:
    return ""


@blueprint.get("/safety")
def safety() -> ResponseReturnValue:
    return ""


@blueprint.get("/privacy")
def privacy() -> ResponseReturnValue:
    return ""


@blueprint.get("/credits")
def credits() -> ResponseReturnValue:
    return ""


@blueprint.post("/theme")
def set_theme() -> ResponseReturnValue:
    return ""


@blueprint.get("/styleguide")
def styleguide() -> ResponseReturnValue:
    return ""
