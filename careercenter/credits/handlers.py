"""What the clock does to credits."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.credits import queries, usecases
from careercenter.employers import queries as employers
from careercenter.tasks import Handler


def expire_credits(session: Session, _: str, now: datetime) -> None:
    """Nobody can spend them any more; now the ledger says so too."""
    for employer_id in queries.with_expired(session, now):
        usecases.expire_credits(session, employers.locked(session, employer_id), now)
        session.commit()  # no two employers are locked at a time


TASKS: dict[str, Handler] = {"expire_credits": expire_credits}
