"""When a posting that renews itself is announced and renewed."""

from datetime import timedelta

from careercenter.postings.lifecycle import LAST_DAYS

WARNED_BEFORE = LAST_DAYS  # five days
RENEWED_BEFORE = timedelta(days=1)
LINK_PURPOSE = "auto-renewal"  # what its signature is for
LINK_AGE = timedelta(days=30)
TASK = "renew_postings"
