"""Proving an address and a domain, and handing in documents."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import User
from careercenter.accounts.tokens import BadLink
from careercenter.accounts.usecases import count_attempts
from careercenter.candidates.models import StoredFile
from careercenter.database import insert_once, upsert
from careercenter.employers.models import Employer
from careercenter.errors import Invalid
from careercenter.verification import queries
from careercenter.verification.domains import is_at, is_free_mail, site_domain
from careercenter.verification.models import (
    FILE_LIFE,
    MOST_DOCUMENTS,
    MOST_MISSES,
    Document,
    DocumentKind,
    DomainRecord,
    WorkAddress,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LETTERS_A_DAY, CHECKS_AN_HOUR, UPLOADS_AN_HOUR = 10, 20, 20
FREE = "Anybody can have an address there. Use one at your organization's own domain."
NO_SITE = "Add your website to your organization's page first: its domain is what is checked."
FULL = f"We keep at most {MOST_DOCUMENTS} documents. Take one back first."


def ask_address(
    session: Session, employer: Employer, email: str, person: User, now: datetime
) -> WorkAddress:
    """Mail a link there; an address that this person has proved already is taken at once.

    Raises ``Invalid`` (field "email") for one that is not at the employer's domain, ``TooMany``.
    """
    check_address(employer, email)
    count_attempts(session, [(f"work-mail:{employer.id}", LETTERS_A_DAY)], DAY, now)
    row = {
        "public_id": secrets.token_hex(16),
        "employer_id": employer.id,
        "email": email,
        "asked_at": now,
    }
    insert_once(session, WorkAddress, row)
    address = queries.address_of(session, employer.id, email)
    assert address is not None  # noqa: S101 -- it was put there just now
    if address.confirmed_at is None and person.email == email and person.confirmed:
        address.confirmed_at = now
    if address.confirmed_at is None:
        address.asked_at = now
        outbox.send_email(session, "work_address", address.public_id, now)
    return address


def check_address(employer: Employer, email: str) -> None:
    """Raises ``Invalid``."""
    domain = site_domain(employer.website)
    if not domain:
        raise Invalid(NO_SITE, "email")
    if is_free_mail(email):
        raise Invalid(FREE, "email")
    if not is_at(email, domain):
        raise Invalid(f"Your website is {domain}. Use an address at that domain.", "email")


def confirm_work_address(address: WorkAddress, now: datetime) -> None:
    """Raises ``BadLink`` for a link that is old or was used."""
    if not address.is_open(now):
        raise BadLink
    address.confirmed_at = now


def expect_lookup(session: Session, employer: Employer, now: datetime) -> str:
    """The domain to ask about. Raises ``Invalid``, or ``TooMany`` after twenty in an hour."""
    domain = site_domain(employer.website)
    if not domain:
        raise Invalid(NO_SITE)
    count_attempts(session, [(f"domain:{employer.id}", CHECKS_AN_HOUR)], HOUR, now)
    return domain


def note_lookup(
    session: Session,
    employer_id: int,
    domain: str,
    found: Collection[str],
    expected: Collection[str],
    now: datetime,
) -> bool:
    """Whether our record is among those ``found``; then the day is noted."""
    if not set(found) & set(expected):
        return False
    seen = {"seen_at": now, "asked_at": now, "misses": 0}
    row = upsert(session, DomainRecord).values(employer_id=employer_id, domain=domain, **seen)
    keys = [DomainRecord.employer_id, DomainRecord.domain]
    session.execute(row.on_conflict_do_update(index_elements=keys, set_=seen))
    return True


def promise_lookups(session: Session, _: str, now: datetime) -> None:
    """A daily task: every record is looked for once a week, and soon again once it was missed."""
    for record in queries.to_look_up(session, now):
        about = f"{record.employer_id}@{record.domain}"
        outbox.later(session, "look_at_domain", about, now, f"domain:{about}:{now:%Y-%m-%d}")


def note_miss(session: Session, employer_id: int, domain: str, now: datetime) -> None:
    """Our record was not there. Missed twice it no longer counts, and the owners are told."""
    record = queries.locked_record(session, employer_id, domain)
    record.asked_at = now
    record.misses += 1
    if record.misses == MOST_MISSES:
        outbox.send_email(session, "domain_record_gone", f"{employer_id}@{domain}", now)


def expect_document(session: Session, employer_id: int, now: datetime) -> str:
    """The key to store a file under. What is not kept within an hour is deleted again."""
    if len(queries.documents_of(session, employer_id)) >= MOST_DOCUMENTS:
        raise Invalid(FULL, "file")
    count_attempts(session, [(f"document:{employer_id}", UPLOADS_AN_HOUR)], HOUR, now)
    key = secrets.token_hex(24)
    outbox.later(session, "discard_document", key, now + HOUR)
    return key


def hand_in(
    session: Session, employer_id: int, kind: DocumentKind, file: StoredFile, now: datetime
) -> Document:
    document = Document(
        public_id=secrets.token_hex(16),
        employer_id=employer_id,
        kind=kind,
        file_name=file.file_name,
        content_type=file.content_type,
        sha256=file.sha256,
        storage_key=file.key,
        active=file.active,
        created_at=now,
    )
    session.add(document)
    return document


def take_back(session: Session, document: Document, now: datetime) -> None:
    """``document`` is locked, here and below."""
    document.remove(now)
    outbox.later(session, "discard_document", document.storage_key, now)


def accept_document(session: Session, document: Document, moderator: User, now: datetime) -> None:
    document.accept(moderator, now)
    _tell(session, document, now)


def refuse_document(
    session: Session, document: Document, moderator: User, words: str, now: datetime
) -> None:
    document.refuse(moderator, words, now)
    _tell(session, document, now)


def _tell(session: Session, document: Document, now: datetime) -> None:
    """The employer is told, and the bytes are deleted when nobody needs them any more."""
    outbox.send_email(session, "document_decided", document.public_id, now)
    outbox.later(session, "discard_document", document.storage_key, now + FILE_LIFE)
