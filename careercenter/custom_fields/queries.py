"""Finding the board's own fields."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.custom_fields.models import AskedField, CustomField
from careercenter.database import Page, paginate
from careercenter.errors import Conflict


def asked_fields(session: Session) -> tuple[AskedField, ...]:
    """What the form of a posting asks now, the oldest first."""
    return tuple(field.asked for field in in_use(session))


def in_use(session: Session) -> Sequence[CustomField]:
    rows = select(CustomField).where(CustomField.retired_at.is_(None))
    return session.scalars(rows.order_by(CustomField.id)).all()


def page(session: Session, number: int) -> Page[CustomField]:
    """Those in use first, in the order in which they are asked."""
    rows = select(CustomField).order_by(CustomField.retired_at.is_not(None), CustomField.id)
    return paginate(session, rows, number)


def by_id(session: Session, field_id: int) -> CustomField:
    return session.get_one(CustomField, field_id)


def by_key(session: Session, key: str) -> CustomField | None:
    """A retired one too: a key is used once."""
    return session.scalars(select(CustomField).where(CustomField.key == key)).one_or_none()


def locked(session: Session, field_id: int, version: int) -> CustomField:
    """Raises ``Conflict`` if it is not what was seen."""
    field = session.get_one(CustomField, field_id, with_for_update=True, populate_existing=True)
    if field.version != version:
        raise Conflict
    return field
