"""The letters about checks, and deleting documents in time."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.tokens import Tokens
from careercenter.employers.queries import owner_addresses
from careercenter.mail import Builder, Letter
from careercenter.storage import Storage
from careercenter.tasks import Handler
from careercenter.verification import queries
from careercenter.verification.models import DOCUMENT_WORDS

PURPOSE = "work-address"


def letters(tokens: Tokens) -> dict[str, Builder]:
    def work_address(session: Session, public_id: str, now: datetime) -> Letter | None:
        address = queries.address_by(session, public_id)
        if address is None or not address.is_open(now):
            return None
        context = {"employer": address.employer.name, "token": tokens.link(PURPOSE, public_id)}
        return Letter(address.email, "Confirm your work address", "work_address", context)

    return {"work_address": work_address, "document_decided": document_decided}


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


def handlers(storage: Storage) -> dict[str, Handler]:
    def discard_document(session: Session, key: str, now: datetime) -> None:
        wanted = queries.is_wanted(session, key, now)
        session.commit()  # nothing is open while the file store is spoken to
        if not wanted:
            storage.delete(key)

    return {"discard_document": discard_document}
