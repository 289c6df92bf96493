"""Keeping what a person must look at."""

from datetime import datetime

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from careercenter.database import upsert
from careercenter.findings.models import Finding


def record_finding(session: Session, kind: str, object_id: str, note: str, now: datetime) -> None:
    """Something a person must look at. Seen again, it is open again.

    As long as it is open it keeps the note that it had first, which knows the most.
    """
    seen = {"note": note, "last_seen_at": now, "resolved_at": None}
    row = upsert(session, Finding).values(kind=kind, object_id=object_id, first_seen_at=now, **seen)
    kept = case((Finding.resolved_at.is_(None), Finding.note), else_=note)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[Finding.kind, Finding.object_id], set_=seen | {"note": kept}
        )
    )


def resolve_finding(finding: Finding, now: datetime) -> None:
    """Somebody has dealt with it. Twice is harmless."""
    finding.resolved_at = finding.resolved_at or now


def close_finding(session: Session, kind: str, object_id: str, now: datetime) -> None:
    """What it was about has been decided."""
    this = (Finding.kind == kind, Finding.object_id == object_id, Finding.resolved_at.is_(None))
    session.execute(update(Finding).where(*this).values(resolved_at=now))
