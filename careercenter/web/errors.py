"""Turn what went wrong into a page with the right status and a sentence that helps."""

from http import HTTPStatus

import structlog
from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, NoResultFound, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from careercenter.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    TooLarge,
    TooMany,
    Unavailable,
)
from careercenter.extensions import db, login_manager
from careercenter.web.uploads import too_large

TEXTS = {
    400: "That request could not be understood.",
    401: "Sign in first.",
    403: "Your account can't do that.",
    404: "We can't find that page.",
    405: "That address doesn't take this kind of request.",
    409: "This changed since you opened it. Reload and try again.",
    410: "This job is no longer available.",
    413: "That request is too large.",
    415: "That kind of content is not accepted here.",
    422: "Some answers need another look.",
    429: "Too many attempts. Try again in a few minutes.",
    500: "Something went wrong on our side. Nothing was saved. Try again.",
    503: "The board is not answering just now. Nothing was lost. Try again.",
}
EXPIRED_FORM = "This form has expired. Reload the page and try again."
STATUS_OF = {Conflict: 409, Forbidden: 403, NotFound: 404, Invalid: 422, TooLarge: 413}

log = structlog.get_logger()


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DomainError, domain_error)
    app.register_error_handler(NoResultFound, lambda error: error_page(404))
    app.register_error_handler(StaleDataError, lambda error: error_page(409))
    app.register_error_handler(DBAPIError, database_error)
    app.register_error_handler(TimeoutError, lambda error: error_page(503, retry=5))
    app.register_error_handler(Exception, last_resort)


def http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if isinstance(error, CSRFError):
        return error_page(400, EXPIRED_FORM)
    if isinstance(error, RequestEntityTooLarge):
        return error_page(413, too_large(g.largest_file) if "largest_file" in g else "")
    if status < 400:
        return error
    response = make_response(error_page(status))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def domain_error(error: DomainError) -> ResponseReturnValue:
    if isinstance(error, TooMany):
        return error_page(429, str(error), retry=error.seconds)
    if isinstance(error, Unavailable):
        return error_page(503, str(error), retry=error.seconds)
    return error_page(status_of(error), str(error))


def status_of(error: DomainError) -> int:
    """Also for the views that show a refused form again."""
    return STATUS_OF.get(type(error), 422)


def database_error(error: DBAPIError) -> ResponseReturnValue:
    """A database that is locked, full or away is a 503 and tries again; a bad value is a 400."""
    log.error("database.failed", kind=type(error.orig).__name__, route=_route())
    kind = type(error.orig).__name__
    if kind in ("DataError", "OverflowError"):
        return error_page(400)
    return error_page(409) if kind == "IntegrityError" else error_page(503, retry=5)


def last_resort(error: Exception) -> ResponseReturnValue:
    if type(error).__module__.startswith("gunicorn.http"):  # a body that breaks the protocol
        return error_page(400)
    log.error("request.failed", route=_route(), error=type(error).__name__, exc_info=error)
    return error_page(500)


def _route() -> str:
    """The route, not the path: addresses carry tokens."""
    return request.url_rule.rule if request.url_rule else "-"


def error_page(status: int, message: str = "", retry: int | None = None) -> ResponseReturnValue:
    """The page for a status, or its fixed sentence where the database cannot even be asked."""
    db.session.rollback()
    if status >= 500:
        g._login_user = login_manager.anonymous_user()  # who it is would be asked of the database
    title = HTTPStatus(status).phrase
    message = message or TEXTS.get(status, title)
    if request.path.startswith(("/webhooks/", "/healthz", "/readyz")):
        body: object = {"error": {"message": message}}
        response = make_response(body, status)
    else:
        page = render_template("error.html", status=status, title=title, message=message)
        response = make_response(page, status)
    if retry is not None:
        response.headers["Retry-After"] = str(retry)
    return response
