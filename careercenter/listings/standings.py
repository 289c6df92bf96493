"""What the order of a search looks at before words, typos and fullness, in words."""

from collections.abc import Iterator
from datetime import UTC, datetime

from careercenter.listings.index import Sort, Standing
from careercenter.listings.wording import standing_words


def full_standing_words(standing: Standing) -> str:
    """Why a hit stands where it does, in the order in which it counts."""
    return ", ".join((*_led_by(standing), standing_words(standing)))


def _led_by(standing: Standing) -> Iterator[str]:
    if standing.first is not None:
        kind = "the specialty" if standing.first else "a second specialty"
        yield f"{kind} that the code means"
    if standing.lead is None:
        return
    if standing.sort is Sort.NEWEST:
        yield f"posted at {datetime.fromtimestamp(standing.lead, UTC):%H:%M:%S UTC, %-d %b %Y}"
    elif standing.sort is Sort.PAY:
        yield f"pays up to ${standing.lead / 100:,.2f} an hour"
    else:
        yield f"{standing.lead:,.1f} miles away"
