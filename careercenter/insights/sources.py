"""Where somebody came from, as far as the Referer of one request tells."""

import re
from urllib.parse import urlsplit

from careercenter.insights.models import Source

_OWN = (  # beginnings of our own addresses, the first that fits
    ("/jobs/for", Source.TOPIC),
    ("/jobs/map", Source.TOPIC),
    ("/jobs/", Source.LISTING),
    ("/jobs", Source.SEARCH),
    ("/employers", Source.EMPLOYER),
    ("/me", Source.DESK),
)
_ENGINES = re.compile(r"(^|\.)(google|bing|duckduckgo|yahoo|ecosia|brave|kagi|startpage)\.")
_ROBOTS = re.compile(r"bot\b|bot/|crawl|spider|slurp|preview|monitor|curl|wget|python", re.I)


def source_of(referrer: str, host: str) -> Source:
    """``host``: our own, as the request named it. An address that cannot be read says nothing."""
    try:
        parts = urlsplit(referrer)
    except ValueError:
        return Source.DIRECT
    if not parts.netloc:
        return Source.DIRECT
    if parts.netloc == host:
        return next((s for start, s in _OWN if parts.path.startswith(start)), Source.HOME)
    return Source.ENGINE if _ENGINES.search(parts.hostname or "") else Source.ELSEWHERE


def is_robot(user_agent: str) -> bool:
    """Whether a program says of itself that it is one."""
    return not user_agent or bool(_ROBOTS.search(user_agent))
