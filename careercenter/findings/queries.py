"""Reading what is open."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.findings.models import Finding


def open_findings(session: Session) -> Sequence[Finding]:
    return session.scalars(
        select(Finding).where(Finding.resolved_at.is_(None)).order_by(Finding.id)
    ).all()


def finding(session: Session, finding_id: int) -> Finding:
    """Raises ``NoResultFound``."""
    return session.get_one(Finding, finding_id)
