"""Which pictures are shown."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.employers.models import Employer


def is_shown(session: Session, key: str) -> bool:
    """Whether this is an employer's logo."""
    return session.scalar(select(Employer.id).where(Employer.logo_key == key)) is not None
