"""A client that refuses what no page of ours may do, so that no test need ask."""

import re
from typing import Any

import html5lib
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from careercenter import clock
from careercenter.accounts.models import User
from careercenter.accounts.usecases import open_session
from tests.guard import TransactionGuard

PARSER = html5lib.HTMLParser(strict=True)
MOST_STATEMENTS = 25
INLINE = re.compile(
    r"""<[a-z][^<>]*\s(?:on[a-z]+|style)\s*=|="\s*javascript:|<style|<script(?![^>]*\b(?:src=|type="application/ld\+json"))"""
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class StrictClient(FlaskClient):
    guard: TransactionGuard
    session: Session
    statements: int = 0

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self._count)

    def sign_in(self, user: User) -> None:
        token = open_session(self.session, user, "tests", clock.now())
        self.session.commit()
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
            cookie["_fresh"] = True

    def sign_out(self) -> None:
        with self.session_transaction() as cookie:
            cookie.clear()

    def open(self, *args: Any, follow_redirects: bool = False, **kwargs: Any) -> TestResponse:
        self.guard.start()
        self.statements = 0
        kwargs.setdefault("buffered", True)  # a file that is sent is closed then
        response = super().open(*args, **kwargs)
        self.guard.finish(answered=response.status_code < 400)
        check_response(response)
        assert self.statements <= MOST_STATEMENTS, f"{self.statements} statements for one request"
        if follow_redirects and response.location:  # here, so that each step is watched
            return self.get(response.location, follow_redirects=True)
        return response

    def _count(self, *args: Any) -> None:
        """Savepoints are the test's: a request begins and commits without statements."""
        self.statements += not args[2].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO"))


def check_response(response: TestResponse) -> None:
    assert response.status_code != 500, response.text[:300]
    for header, value in HEADERS.items():
        assert response.headers.get(header) == value, header
    assert "default-src 'self'" in response.headers["Content-Security-Policy"] or (
        "sandbox" in response.headers["Content-Security-Policy"]
    )
    if response.mimetype == "text/html" and b"<main" in response.data:
        check_page(response.text)


def check_page(html: str) -> None:
    """Valid, titled, with one h1, unique ids, and nothing the content policy would block."""
    PARSER.parse(html)  # raises on bad markup
    assert html.count("<h1") == 1, "a page has one h1"
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert title, "a page has a title"
    assert not title.group(1).strip().startswith("–"), "a page has a title"
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids)), f"ids repeat: {sorted({i for i in ids if ids.count(i) > 1})}"
    if found := INLINE.search(html):
        pytest.fail(f"{found.group(0)!r} breaks the content security policy")
    for missing in ("None</", ">None<", "Undefined"):
        assert missing not in html, f"{missing} on a page"


def without_tokens(html: str) -> str:
    """A page without what differs by the second at which it was made."""
    return re.sub(r'<input[^>]*name="csrf_token"[^>]*>', "", html)
