"""What an employer does that concerns more than one feature."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.employers import queries as employers
from careercenter.employers.models import EmployerDetails
from careercenter.employers.usecases import describe_employer
from careercenter.postings import queries as postings


def revise_employer(
    session: Session, employer_id: int, version: int, details: EmployerDetails, now: datetime
) -> None:
    """Describe the organization anew. Its live listings carry its name, so the index is told.

    Raises ``Conflict`` if it is not the ``version`` that was seen. It locks for itself, because
    the postings come first (see ``billing.queries``): also those that could go live meanwhile,
    and be indexed under the old name.
    """
    current = postings.locked_current(session, employer_id)
    describe_employer(employers.locked_version(session, employer_id, version), details)
    outbox.index_posting(session, *(posting for posting in current if posting.is_live(now)))
