"""What finance staff says about an employer. The row is locked by the caller."""

from datetime import datetime

from careercenter.accounts.models import User
from careercenter.employers.models import Employer


def call_nonprofit(employer: Employer, nonprofit: bool, staff: User, now: datetime) -> None:
    """Staff has seen that it is a non-profit, or takes that back. Twice changes nothing."""
    if nonprofit is (employer.nonprofit_at is not None):
        return
    employer.nonprofit_at = now if nonprofit else None
    employer.nonprofit_by_id = staff.id
