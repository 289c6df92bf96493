"""The one place that asks what time it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day of the board's calendar is over."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
