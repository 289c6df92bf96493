"""The documents of an invented board, made without a database."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from slugify import slugify

from careercenter.demo.board import plan_board
from careercenter.demo.organizations import Organization
from careercenter.employers.models import Delivery, Employer
from careercenter.listings.documents import listing_document
from careercenter.listings.index import ListingDocument
from careercenter.postings.models import Posting, PostingStatus

ZONE = ZoneInfo("America/Chicago")


def documents(count: int, seed: int, now: datetime) -> Iterator[ListingDocument]:
    """The live listings that ``demo-data`` would make, by id."""
    board = plan_board(count, seed, now, ZONE)
    employers = [_employer(organization) for organization in board.employers]
    live = (p for p in board.postings if p.expires_at is not None and p.expires_at > now)
    published = (p for p in live if p.status is PostingStatus.PUBLISHED)
    for number, planned in enumerate(published, 1):
        posting = Posting(status=PostingStatus.DRAFT, id=number, search_seq=1)
        posting.revise(planned.opening.details)
        posting.employer = employers[planned.employer]
        posting.published_at, posting.expires_at = planned.published_at, planned.expires_at
        yield listing_document(posting)


def _employer(organization: Organization) -> Employer:
    return Employer(
        slug=slugify(organization.name, max_length=80, word_boundary=True),
        name=organization.name,
        kind=organization.kind,
        direct=True,
        delivery=Delivery.UNDISCLOSED,
    )
