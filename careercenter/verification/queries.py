"""What was checked of an employer, and what waits to be looked at."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from careercenter.database import Page, paginate
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.verification.domains import is_at, mail_domain, site_domain
from careercenter.verification.models import (
    ASKED_AGAIN,
    ASKED_EVERY,
    MOST_MISSES,
    Document,
    DomainRecord,
    Fact,
    Facts,
    WorkAddress,
)

MOST_LOOKED_UP = 500  # in one go


def facts_of(session: Session, employer: Employer) -> Facts:
    """What holds of the employer's name and site as they are now: others are proved anew."""
    of_it = (Document.employer_id == employer.id, Document.seen_name == employer.name)
    seen = select(func.max(Document.accepted_at)).where(*of_it)
    return facts_beside(session, employer, session.scalar(seen))


def facts_beside(session: Session, employer: Employer, seen: datetime | None) -> Facts:
    """The same, where it is known when documents were last ``seen``. Most have no site."""
    domain = site_domain(employer.website)
    record = session.get(DomainRecord, (employer.id, domain)) if domain else None
    return Facts(
        mail=_mail_fact(session, employer.id, domain) if domain else None,
        domain=Fact(record.seen_at, domain) if record and record.holds else None,
        documents=Fact(seen) if seen else None,
    )


def to_look_up(session: Session, now: datetime) -> Sequence[DomainRecord]:
    """Records that were not looked for of late, the longest first."""
    again = and_(DomainRecord.misses.between(1, MOST_MISSES - 1), _asked_before(now - ASKED_AGAIN))
    due = or_(_asked_before(now - ASKED_EVERY), again)
    oldest = select(DomainRecord).where(due).order_by(DomainRecord.asked_at)
    return session.scalars(oldest.limit(MOST_LOOKED_UP)).all()


def record_of(session: Session, employer_id: int, domain: str) -> DomainRecord | None:
    return session.get(DomainRecord, (employer_id, domain))


def locked_record(session: Session, employer_id: int, domain: str) -> DomainRecord:
    named = (DomainRecord.employer_id == employer_id, DomainRecord.domain == domain)
    fresh = select(DomainRecord).where(*named).with_for_update()
    return session.scalars(fresh.execution_options(populate_existing=True)).one()


def addresses_of(session: Session, employer_id: int) -> Sequence[WorkAddress]:
    """Those that were confirmed come first."""
    return session.scalars(
        select(WorkAddress)
        .where(WorkAddress.employer_id == employer_id)
        .order_by(WorkAddress.confirmed_at.is_(None), WorkAddress.id.desc())
    ).all()


def address_of(session: Session, employer_id: int, email: str) -> WorkAddress | None:
    mine = (WorkAddress.employer_id == employer_id, WorkAddress.email == email)
    return session.scalars(select(WorkAddress).where(*mine)).one_or_none()


def address_by(session: Session, public_id: str) -> WorkAddress | None:
    named = select(WorkAddress).where(WorkAddress.public_id == public_id)
    return session.scalars(named.options(joinedload(WorkAddress.employer))).one_or_none()


def documents_of(session: Session, employer_id: int) -> Sequence[Document]:
    """The newest first, without those that were taken back."""
    mine = (Document.employer_id == employer_id, Document.removed_at.is_(None))
    return session.scalars(select(Document).where(*mine).order_by(Document.id.desc())).all()


def document_of(session: Session, employer_id: int, public_id: str) -> Document:
    """Raises ``NoResultFound`` for another employer's."""
    mine = (Document.employer_id == employer_id, Document.public_id == public_id)
    return session.scalars(select(Document).where(*mine)).one()


def any_document(session: Session, public_id: str) -> Document:
    """Anybody's: for moderators."""
    return session.scalars(select(Document).where(Document.public_id == public_id)).one()


def locked_document(session: Session, public_id: str, version: int) -> Document:
    """Anybody's, locked. Raises ``Conflict`` if it is not what was seen."""
    document = session.scalars(
        select(Document)
        .where(Document.public_id == public_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if document.version != version:
        raise Conflict
    return document


def waiting_documents(session: Session, page: int) -> Page[Document]:
    """What staff have to look at, the oldest first."""
    oldest_first = (
        select(Document)
        .where(
            Document.accepted_at.is_(None),
            Document.refused_at.is_(None),
            Document.removed_at.is_(None),
        )
        .options(joinedload(Document.employer))
        .order_by(Document.id)
    )
    return paginate(session, oldest_first, page)


def is_wanted(session: Session, key: str, now: datetime) -> bool:
    """Whether anybody may still read these bytes."""
    found = session.scalars(select(Document).where(Document.storage_key == key)).one_or_none()
    return found is not None and found.is_kept(now)


def _asked_before(at: datetime) -> ColumnElement[bool]:
    return DomainRecord.asked_at <= at


def _mail_fact(session: Session, employer_id: int, domain: str) -> Fact | None:
    rows = session.scalars(
        select(WorkAddress)
        .where(WorkAddress.employer_id == employer_id, WorkAddress.confirmed_at.is_not(None))
        .order_by(WorkAddress.confirmed_at.desc())
    )
    for row in rows:
        if row.confirmed_at and is_at(row.email, domain):
            return Fact(row.confirmed_at, mail_domain(row.email))
    return None
