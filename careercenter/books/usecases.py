"""Taking up again what was given up."""

from datetime import datetime

from careercenter.errors import Conflict
from careercenter.tasks import Task


def run_again(task: Task, now: datetime) -> None:
    """From the first attempt. ``task`` is locked. Raises ``Conflict`` for one that is not dead."""
    if task.dead_at is None or task.done_at is not None:
        raise Conflict
    task.dead_at = task.lease_until = None
    task.attempts, task.run_at = 0, now
