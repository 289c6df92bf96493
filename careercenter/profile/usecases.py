"""Describing an organization, and its logo."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.usecases import count_attempts
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer, EmployerDetails
from careercenter.postings import queries as postings

UPLOADS_AN_HOUR = 20
HOUR = timedelta(hours=1)


def revise_employer(
    session: Session, employer_id: int, version: int, details: EmployerDetails, now: datetime
) -> None:
    """Describe the organization anew. Its live listings carry its name, so the index is told.

    Raises ``Conflict`` if it is not the ``version`` that was seen. It locks for itself, because
    the postings come first (see ``billing.queries``): also those that could go live meanwhile,
    and be indexed under the old name.
    """
    current = postings.locked_current(session, employer_id)
    employers.locked_version(session, employer_id, version).describe(details)
    outbox.index_posting(session, *(posting for posting in current if posting.is_live(now)))


def expect_logo(session: Session, employer_id: int, now: datetime) -> str:
    """The key to store a picture under. What no employer shows within an hour is deleted again.

    Raises ``TooMany`` after twenty in an hour.
    """
    count_attempts(session, [(f"logo:{employer_id}", UPLOADS_AN_HOUR)], HOUR, now)
    key = secrets.token_hex(24)
    outbox.later(session, "discard_logo", key, now + HOUR)
    return key


def show_logo(session: Session, employer: Employer, key: str | None, now: datetime) -> None:
    """In place of the one before; None: its initials. ``employer`` is locked."""
    if employer.logo_key:
        outbox.later(session, "discard_logo", employer.logo_key, now)
    employer.logo_key = key
