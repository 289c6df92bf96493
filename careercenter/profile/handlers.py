"""Deleting pictures that nobody shows any more."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.profile.queries import is_shown
from careercenter.storage import Storage
from careercenter.tasks import Handler


def handlers(storage: Storage) -> dict[str, Handler]:
    def discard_logo(session: Session, key: str, now: datetime) -> None:
        shown = is_shown(session, key)
        session.commit()  # nothing is open while the file store is spoken to
        if not shown:
            storage.delete(key)

    return {"discard_logo": discard_logo}
