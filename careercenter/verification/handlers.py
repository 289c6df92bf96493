"""The letters about checks, looking for records again, and deleting documents in time."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.tokens import Tokens
from careercenter.config import Settings
from careercenter.employers.models import Employer
from careercenter.employers.queries import owner_addresses
from careercenter.mail import Builder, Letter
from careercenter.storage import Storage
from careercenter.tasks import Handler
from careercenter.verification import queries
from careercenter.verification.domains import expected_texts, record_name, site_domain
from careercenter.verification.gateway import Resolver
from careercenter.verification.models import DOCUMENT_WORDS
from careercenter.verification.usecases import note_lookup, note_miss, promise_lookups

PURPOSE = "work-address"


def letters(tokens: Tokens) -> dict[str, Builder]:
    def work_address(session: Session, public_id: str, now: datetime) -> Letter | None:
        address = queries.address_by(session, public_id)
        if address is None or not address.is_open(now):
            return None
        context = {"employer": address.employer.name, "token": tokens.link(PURPOSE, public_id)}
        return Letter(address.email, "Confirm your work address", "work_address", context)

    return {
        "work_address": work_address,
        "document_decided": document_decided,
        "domain_record_gone": domain_record_gone,
    }


def document_decided(session: Session, public_id: str, now: datetime) -> Letter | None:
    document = queries.any_document(session, public_id)
    addresses = ", ".join(owner_addresses(session, document.employer_id))
    if not addresses or document.decided_at is None:
        return None
    context = {
        "file_name": document.file_name,
        "kind": DOCUMENT_WORDS[document.kind],
        "accepted": document.accepted_at is not None,
        "words": document.words,
    }
    subject = "We have seen your document" if context["accepted"] else "About your document"
    return Letter(addresses, subject, "document_decided", context)


def domain_record_gone(session: Session, about: str, now: datetime) -> Letter | None:
    """``about``: "employer id@domain". None where it is back, or the site is another by now."""
    employer_id, _, domain = about.partition("@")
    employer = session.get_one(Employer, int(employer_id))
    record = queries.record_of(session, employer.id, domain)
    addresses = ", ".join(owner_addresses(session, employer.id))
    if not addresses or record is None or record.holds or site_domain(employer.website) != domain:
        return None
    context = {"domain": domain, "name": record_name(domain), "seen_at": record.seen_at}
    return Letter(addresses, f"The record at {domain} is gone", "domain_record_gone", context)


def handlers(storage: Storage, resolver: Resolver, settings: Settings) -> dict[str, Handler]:
    secrets = (settings.secret_key, *settings.secret_key_fallbacks)

    def look_at_domain(session: Session, about: str, now: datetime) -> None:
        employer_id, _, domain = about.partition("@")
        if queries.record_of(session, int(employer_id), domain) is None:
            return
        session.commit()  # nothing is open while the name server is asked
        found = resolver.texts(record_name(domain))
        expected = expected_texts(int(employer_id), domain, secrets)
        if not note_lookup(session, int(employer_id), domain, found, expected, now):
            note_miss(session, int(employer_id), domain, now)

    def discard_document(session: Session, key: str, now: datetime) -> None:
        wanted = queries.is_wanted(session, key, now)
        session.commit()  # nothing is open while the file store is spoken to
        if not wanted:
            storage.delete(key)

    return {
        "discard_document": discard_document,
        "look_at_domain": look_at_domain,
        "promise_lookups": promise_lookups,
    }
