"""Flask extensions, made here and bound in ``create_app``."""

from typing import Any

from flask import g, has_request_context, request
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, Engine

from careercenter.database import Base, readonly

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestSession(Session):
    """Reads in a read-only transaction while a GET is answered, so that it changes nothing."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        bind = super().get_bind(*args, **kwargs)
        if isinstance(bind, Engine) and _only_reads():
            return readonly(bind)
        return bind

    def commit(self) -> None:
        """What a GET read stays as it is: nothing was changed."""
        self.expire_on_commit = not _only_reads()
        super().commit()


def may_write() -> None:
    """Let this GET write. For the return from checkout, which settles what was paid."""
    g.may_write = True


def end_reading() -> None:
    """Leave nothing open while a GET waits for a network. What is read next is read anew."""
    if _only_reads():
        db.session.commit()


def _only_reads() -> bool:
    return has_request_context() and request.method in SAFE and not g.get("may_write", False)


class Database(SQLAlchemy):
    session: Session  # type: ignore[assignment]  # a proxy that behaves as one


db = Database(metadata=Base.metadata, session_options={"class_": RequestSession})
csrf = CSRFProtect()
login_manager = LoginManager()
