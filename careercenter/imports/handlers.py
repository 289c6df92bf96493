"""The worker's side of an import."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.imports import queries
from careercenter.imports.models import Import
from careercenter.imports.steps import Bench, check_rows, run_rows
from careercenter.imports.usecases import CHECK, RUN, forget_old_imports
from careercenter.tasks import Handler

Context = Callable[[], AbstractContextManager[object]]
Step = Callable[[Session, Import, Bench, datetime], None]


def handlers(bench: Bench, context: Context) -> Mapping[str, Handler]:
    """``context`` opens what forms need to be filled without a request."""
    return {
        CHECK: _step(check_rows, bench, context),
        RUN: _step(run_rows, bench, context),
        "forget_old_imports": forget_old_imports,
    }


def _step(step: Step, bench: Bench, context: Context) -> Handler:
    """The subject is the import's id."""

    def work(session: Session, subject: str, now: datetime) -> None:
        source = queries.working(session, int(subject))
        if source is not None:
            with context():
                step(session, source, bench, now)

    return work
