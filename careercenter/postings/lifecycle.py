"""The states of a posting, and how it may move from one to the next."""

from enum import StrEnum


class PostingStatus(StrEnum):
    DRAFT = "draft"
    CHECKOUT = "checkout"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    PAUSED = "paused"
    REJECTED = "rejected"
    FILLED = "filled"
    CLOSED = "closed"
    REMOVED = "removed"


# Expiry is not a status: it is a published posting whose time has passed.
S = PostingStatus
MOVES: dict[PostingStatus, frozenset[PostingStatus]] = {
    S.DRAFT: frozenset({S.CHECKOUT, S.IN_REVIEW}),
    S.CHECKOUT: frozenset({S.DRAFT, S.IN_REVIEW}),
    S.IN_REVIEW: frozenset({S.PUBLISHED, S.REJECTED}),
    S.REJECTED: frozenset({S.DRAFT}),
    S.PUBLISHED: frozenset({S.PAUSED, S.FILLED, S.CLOSED, S.REMOVED}),
    S.PAUSED: frozenset({S.PUBLISHED, S.FILLED, S.CLOSED, S.REMOVED}),
    S.FILLED: frozenset({S.CHECKOUT}),
    S.CLOSED: frozenset({S.CHECKOUT}),
    S.REMOVED: frozenset(),
}
