"""What the page of a listing says once it is no more."""

from datetime import datetime

from careercenter.listings.models import Ending
from careercenter.listings.wording import listing_url
from careercenter.postings.models import Posting, PostingStatus

ENDINGS = {
    PostingStatus.FILLED: "The employer has filled it.",
    PostingStatus.CLOSED: "The employer has closed it.",
    PostingStatus.REMOVED: "It was taken off the board.",
}
SHOWN = (PostingStatus.PUBLISHED, PostingStatus.PAUSED)


def ending_of(posting: Posting, now: datetime) -> Ending:
    """``posting`` was public and is not live."""
    if posting.status in ENDINGS:
        removed = posting.status is PostingStatus.REMOVED
        title = "" if removed else posting.title
        return Ending(title, ENDINGS[posting.status], posting.ended_at)
    if posting.status not in SHOWN:  # to be listed again: its words may be new, and unread
        return Ending("", "", None)
    if posting.folded_into is not None:
        own = listing_url(posting.folded_into.id, posting.folded_into.slug)
        return Ending(posting.title, "The employer advertises this job itself.", None, instead=own)
    if posting.is_scheduled(now):
        return Ending(posting.title, "It comes back at an hour that is set.", None, for_good=False)
    if posting.is_expired(now):
        return Ending(posting.title, "Its time on the board has ended.", posting.expires_at)
    return Ending(
        posting.title, "The employer has paused it. It may come back.", None, for_good=False
    )
