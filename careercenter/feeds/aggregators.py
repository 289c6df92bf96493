"""The board for job search engines: Indeed's XML, and LinkedIn's.

All that is live is in one file. A posting with several places stands once
for each, under a number of its own that never changes. Texts are CDATA with literal characters:
Indeed refuses a feed with entities (Indeed, "XML feed best practices"). What is paid is said as the
listing says it, for a feed must not say less than its page.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from functools import partial

from careercenter.listings.documents import open_states
from careercenter.listings.wording import listing_url, pay_words
from careercenter.postings.models import Place, Posting
from careercenter.taxonomy.vocabularies import EMPLOYMENT_TYPES, WORK_SETTINGS
from careercenter.web.markdown import render_markdown

PUBLISHER = "CareerCenter"
CATEGORY = "Medical coding"
JOB_TYPES = {  # schema.org's words → Indeed's, LinkedIn's
    "FULL_TIME": ("fulltime", "FULL_TIME"),
    "PART_TIME": ("parttime", "PART_TIME"),
    "CONTRACTOR": ("contract", "CONTRACT"),
    "TEMPORARY": ("temporary", "TEMPORARY"),
    "PER_DIEM": ("temporary", "TEMPORARY"),
    "INTERN": ("internship", "INTERNSHIP"),
}
REMOTE = {"yes": ("Fully remote", "Remote"), "partly": ("Hybrid remote", "Hybrid")}
ON_SITE = ("", "On-site")
# XML 1.0 has no way to write these.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Fields = Iterable[tuple[str, str]]
Writer = Callable[[Posting, Place, int], Fields]


def indeed(postings: Iterable[Posting], base_url: str, email: str, now: datetime) -> Iterator[str]:
    head = (("publisher", PUBLISHER), ("publisherurl", base_url), ("lastBuildDate", _rfc(now)))
    return _feed(head, postings, partial(_for_indeed, base_url, email))


def linkedin(
    postings: Iterable[Posting], count: int, base_url: str, now: datetime
) -> Iterator[str]:
    """``count``: of the rows, that is of places."""
    head = (
        ("publisher", PUBLISHER),
        ("publisherUrl", base_url),
        ("lastBuildDate", _rfc(now)),
        ("expectedJobCount", str(count)),
    )
    return _feed(head, postings, partial(_for_linkedin, base_url))


def _feed(head: Fields, postings: Iterable[Posting], write: Writer) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<source>\n' + _elements(head)
    for posting in postings:
        for number, place in enumerate((posting.place, *posting.more_places)):
            yield f"<job>\n{_elements(write(posting, place, number))}</job>\n"
    yield "</source>\n"


def _for_indeed(base_url: str, email: str, posting: Posting, place: Place, number: int) -> Fields:
    city, state = _where(posting, place)
    return (
        ("title", posting.title),
        ("date", _day(posting.published_at)),
        ("referencenumber", _row_id(posting, number)),
        ("requisitionid", str(posting.id)),
        ("url", base_url + listing_url(posting.id, posting.slug)),
        ("company", posting.shown_employer),
        ("city", city),
        ("state", state),
        ("country", "US"),
        ("postalcode", place.zip),
        ("email", email),
        ("description", str(render_markdown(posting.description))),
        ("salary", pay_words(posting)),
        ("jobtype", _types(posting)[0]),
        ("category", CATEGORY),
        ("remotetype", _remote(posting)[0]),
        ("expirationdate", _day(posting.expires_at)),
    )


def _for_linkedin(base_url: str, posting: Posting, place: Place, number: int) -> Fields:
    location = ", ".join(part for part in (*_where(posting, place), "United States") if part)
    return (
        ("partnerJobId", _row_id(posting, number)),
        ("company", posting.shown_employer),
        ("title", posting.title),
        ("description", f"{render_markdown(posting.description)}<p>Pay: {pay_words(posting)}</p>"),
        ("location", location),
        ("applyUrl", base_url + listing_url(posting.id, posting.slug)),
        ("workplaceTypes", _remote(posting)[1]),
        ("jobtype", _types(posting)[1]),
        ("listDate", _day(posting.published_at)),
        ("expirationDate", _day(posting.expires_at)),
    )


def _elements(fields: Fields) -> str:
    """An element a line. The end of a CDATA section inside a text is cut in two sections."""
    lines = []
    for name, text in fields:
        if said := _UNSPEAKABLE.sub("", text):
            literal = said.replace("]]>", "]]]]><![CDATA[>")
            lines.append(f"<{name}><![CDATA[{literal}]]></{name}>\n")
    return "".join(lines)


def _row_id(posting: Posting, number: int) -> str:
    """Its own for each place, and the same for ever."""
    return f"{posting.id}-{number}" if number else str(posting.id)


def _where(posting: Posting, place: Place) -> tuple[str, str]:
    """City and state; of work without a place the state, where it is one."""
    if place.state:
        return place.city, place.state
    states = open_states(posting)
    return "", states[0] if len(states) == 1 else ""


def _types(posting: Posting) -> tuple[str, str]:
    return JOB_TYPES.get(EMPLOYMENT_TYPES[posting.employment].schema_org, ("", "OTHER"))


def _remote(posting: Posting) -> tuple[str, str]:
    return REMOTE.get(WORK_SETTINGS[posting.setting].remote, ON_SITE)


def _day(at: datetime | None) -> str:
    """As the listing's own data has it."""
    return at.isoformat(timespec="seconds") if at else ""


def _rfc(at: datetime) -> str:
    return format_datetime(at)
