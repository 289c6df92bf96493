"""Structured logs without personal data: one JSON line for each request and each event."""

import logging
import time
import uuid
from typing import Any

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def configure_logs(production: bool) -> None:
    """JSON in production, words in development."""
    words = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    renderer: Any = structlog.processors.JSONRenderer() if production else words
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if production else []),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def register_request_log(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid.uuid4().hex[:16])

    @app.after_request
    def note(response: Response) -> Response:
        """The route, not the path: addresses carry tokens and what people searched for."""
        rule = request.url_rule.rule if request.url_rule else "-"
        took = round((time.perf_counter() - g.began) * 1000, 1) if "began" in g else None
        log.info("request", method=request.method, route=rule, status=response.status_code, ms=took)
        return response
