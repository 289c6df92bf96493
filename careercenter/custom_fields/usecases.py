"""Adding a field to the form of a posting."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.custom_fields import queries
from careercenter.custom_fields.models import MOST_FIELDS, AskedField, CustomField
from careercenter.errors import Invalid

TAKEN = "There is, or was, a field with this key."
TOO_MANY = f"A posting is asked {MOST_FIELDS} fields at most. Retire one first."


def add_field(session: Session, new: AskedField, now: datetime) -> CustomField:
    """Raises ``Invalid`` for a key that was used, or where too much is asked already."""
    if queries.by_key(session, new.key) is not None:
        raise Invalid(TAKEN, "key")
    if len(queries.in_use(session)) >= MOST_FIELDS:
        raise Invalid(TOO_MANY, "label")
    field = CustomField(key=new.key, kind=new.kind, created_at=now)
    field.say(new.words)
    session.add(field)
    session.flush()
    return field
