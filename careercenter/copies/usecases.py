"""Signing postings, refusing an employer's own repost, and folding an agency's copy."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from careercenter.copies import queries
from careercenter.copies.models import CopyBand, CopySignature
from careercenter.copies.signatures import bands, packed, signature
from careercenter.database import insert_once
from careercenter.errors import Conflict, Invalid
from careercenter.postings.models import Posting

AT_ONCE = 300
ITSELF = "A posting is not a copy of itself."
OWN = "Both are of one employer. Turn one of them down instead."
NO_ORIGINAL = "That posting is not live, so nothing can be folded under it."


class Repost(Conflict):
    """The employer has the same posting on the board already."""

    def __init__(self, posting: Posting) -> None:
        super().__init__(f"“{posting.title}” is on the board already, with the same text.")
        self.posting_id = posting.id


def refuse_repost(session: Session, posting: Posting, now: datetime) -> None:
    """Raises ``Repost``."""
    live = queries.live_repost(session, posting, now)
    if live is not None:
        raise Repost(live)


def sign_posting(session: Session, posting: Posting, now: datetime) -> None:
    """Keep the signature of its text as it is now. A second time changes nothing."""
    session.flush()  # its version is that of the row
    signed = signature(posting.description)
    key = {"posting_id": posting.id, "version": posting.version}
    if insert_once(session, CopySignature, {**key, "numbers": packed(signed), "made_at": now}):
        rows = [{**key, "hash": number} for number in dict.fromkeys(bands(signed))]
        session.execute(insert(CopyBand), rows)


def sign_unsigned(session: Session, now: datetime) -> None:
    """Postings that were sent in before signatures were kept, some at a time."""
    for posting in queries.unsigned(session, AT_ONCE):
        sign_posting(session, posting, now)


def fold_posting(session: Session, posting: Posting, original: Posting, now: datetime) -> None:
    """Out of search; its page points to the employer's own. Both are locked.

    Raises ``Invalid`` where that makes no sense.
    """
    if posting.id == original.id:
        raise Invalid(ITSELF)
    if posting.employer_id == original.employer_id:
        raise Invalid(OWN)
    if not original.is_live(now):
        raise Invalid(NO_ORIGINAL)
    posting.folded_into_id = original.id
