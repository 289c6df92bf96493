"""Counts what the visitor of a request sees, unless it is a program, or the board's own people."""

from collections.abc import Iterable

from flask import Response, current_app, request
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.models import Role
from careercenter.insights.models import Act, Source
from careercenter.insights.reach_log import ReachLog
from careercenter.insights.sources import is_robot, source_of

APPLY = "applications.apply"


def count_seen(posting_ids: Iterable[int], source: Source) -> None:
    """Listings stood on a page of this kind."""
    _count(Act.IMPRESSION, posting_ids, source)


def count_view(posting_id: int) -> None:
    """A listing was opened; where from, its Referer says."""
    _count(Act.VIEW, [posting_id], source_of(request.referrer or "", request.host))


def count_apply_starts(response: Response) -> Response:
    """After a request: the page to apply belongs to a feature below this one."""
    if request.endpoint == APPLY and response.status_code == 200:
        _count(Act.APPLY_START, [(request.view_args or {})["posting_id"]], Source.LISTING)
    return response


def _count(act: Act, posting_ids: Iterable[int], source: Source) -> None:
    if request.method == "GET" and not _apart():
        log: ReachLog = current_app.extensions["reach"]
        log.count(act, posting_ids, source, clock.now())


def _apart() -> bool:
    """Whether nobody who looks for work is looking."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if ahead or is_robot(request.user_agent.string):
        return True
    return bool(current_user.is_authenticated and current_user.role != Role.CANDIDATE)
