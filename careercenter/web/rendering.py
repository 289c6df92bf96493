"""One page, two ways: whole for a browser, a fragment of it for htmx."""

from typing import Any

from flask import Response, make_response, render_template, request


def render(
    page: str, *, fragment: str | None = None, status: int = 200, **context: Any
) -> Response:
    """Answer with a page, or with the part of it that htmx asked for."""
    template = fragment if fragment and _wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    if fragment:
        response.vary.update(["HX-Request", "HX-History-Restore-Request"])
    return response


def _wants_fragment() -> bool:
    """htmx asks for a whole page too, when Back leads to one that it no longer holds."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
