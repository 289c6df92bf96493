"""What every request is checked for and every response carries."""

import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from careercenter.config import Settings
from careercenter.extensions import SAFE

SMALL_BODY = 256 * 1024
NOSNIFF = ("X-Content-Type-Options", "nosniff")
_HOST = re.compile(r"[A-Za-z0-9.:_\[\]-]{0,255}")
CHECKOUT_HOSTS = "https://checkout.stripe.com https://billing.stripe.com"


def register_security(app: Flask, settings: Settings) -> None:
    policy = content_policy(settings)

    @app.before_request
    def check() -> None:
        refuse_nul()
        refuse_foreign_origin()

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()"
        if settings.base_url.startswith("https://"):
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return cacheable(response)


def refuse_strange_hosts(app: WSGIApplication) -> WSGIApplication:
    """Answer 400 to a Host that no browser sends, before anything builds an address from it."""

    def checked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if _HOST.fullmatch(environ.get("HTTP_HOST", "")):
            return app(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain"), NOSNIFF])
        return [b"That request could not be understood."]

    return checked


def content_policy(settings: Settings) -> str:
    """``form-action`` names where checkout leads: without it Chromium blocks the redirect."""
    return (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {CHECKOUT_HOSTS} {settings.stripe_api_base}".rstrip()
    )


def refuse_nul() -> None:
    """PostgreSQL takes no NUL in a text, and no honest form sends one."""
    if "\x00" in request.path:
        abort(404)
    if any("\x00" in part for pair in request.args.items(multi=True) for part in pair):
        abort(400)
    try:
        unquote_to_bytes(request.query_string).decode()
    except UnicodeDecodeError:
        abort(400)
    if request.method in SAFE:
        return
    if any("\x00" in part for pair in request.form.items(multi=True) for part in pair):
        abort(400)


def refuse_foreign_origin() -> None:
    origin = request.headers.get("Origin")
    if origin and request.method not in SAFE and origin.partition("://")[2] != request.host:
        if request.path.startswith("/webhooks/"):
            return
        raise CSRFError("foreign origin")


def cacheable(response: Response) -> Response:
    """A visitor's page is checked again by its ETag; a page of somebody's is never kept.

    Who it is stays unasked after a failure: the database may be what failed.
    """
    if response.status_code >= 500:
        response.headers["Cache-Control"] = "no-store"
    elif response.mimetype == "text/html" and "Cache-Control" not in response.headers:
        private = current_user.is_authenticated or request.method not in SAFE
        response.headers["Cache-Control"] = "no-store" if private else "private, no-cache"
        if not private and response.status_code == 200:
            response.add_etag()
            response.make_conditional(request)
    return response
