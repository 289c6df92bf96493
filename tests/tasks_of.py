"""Running the tasks that a test has promised, on its own session."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from careercenter.tasks import Handler, Task


def run_due(session: Session, handlers: Mapping[str, Handler], now: datetime, *kinds: str) -> None:
    """Those of these kinds, and the letters of these names, until none is due."""
    wanted = or_(*(Task.kind.in_((kind, f"mail:{kind}")) for kind in kinds))
    due = select(Task).where(wanted, Task.done_at.is_(None), Task.run_at <= now)
    while task := session.scalars(due.order_by(Task.id).limit(1)).first():
        handlers[task.kind](session, task.subject, now)
        task.done_at = now
        session.flush()
