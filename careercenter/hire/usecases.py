"""What an employer does that concerns more than one feature."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.employers.models import Employer, EmployerDetails
from careercenter.employers.usecases import describe_employer
from careercenter.postings import queries as postings


def revise_employer(
    session: Session, employer: Employer, details: EmployerDetails, now: datetime
) -> None:
    """Describe the organization anew. Its live listings carry its name, so the index is told."""
    describe_employer(employer, details)
    outbox.index_posting(session, *postings.live_of_employer(session, employer.id, now))
