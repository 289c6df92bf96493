"""Who searches, as far as they told: on this device, or in their account."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.models import Role, User
from careercenter.candidates.models import Qualifications
from careercenter.candidates.queries import qualifications_of
from careercenter.listings.models import Visitor
from careercenter.saved.models import Device
from careercenter.saved.queries import hidden_now
from careercenter.taxonomy.vocabularies import CODING_TYPES, CREDENTIALS, SPECIALTIES, STATES


def visitor_of(session: Session, device: Device, user: User | None, now: datetime) -> Visitor:
    """No statement for a stranger who hid no listing, two for a candidate.

    What an account says stands before what its browser says.
    """
    told, candidate_id = told_on(device), None
    if user is not None and user.role is Role.CANDIDATE:
        candidate_id = user.id
        kept = qualifications_of(session, user.id, now.date())
        told = kept if kept.told else told
    hidden = hidden_now(session, device.hidden, candidate_id, now)
    return Visitor(
        credentials=told.credentials,
        years=told.years,
        years_in=told.years_in,
        state=told.state,
        hidden=hidden.listings,
        hidden_employers=hidden.employers,
        last_visit=device.last_visit,
    )


def told_on(device: Device) -> Qualifications:
    """What was told on this device; what our vocabularies do not know is left out."""
    answers = device.answers or {}
    held, years, state = answers.get("c"), answers.get("y"), answers.get("s")
    topics = answers.get("in")
    known = CODING_TYPES.keys() | SPECIALTIES.keys()
    pairs = topics.items() if isinstance(topics, dict) else ()
    words = [c for c in held if isinstance(c, str)] if isinstance(held, list) else []
    return Qualifications(
        credentials=tuple(c for c in words if c in CREDENTIALS),
        years=years if isinstance(years, int) else None,
        years_in={t: n for t, n in pairs if t in known and isinstance(n, int)},
        state=state if isinstance(state, str) and state in STATES else "",
    )


def as_answers(told: Qualifications) -> dict[str, object]:
    """The same in the shape that a device keeps."""
    found = {"c": [*told.credentials], "y": told.years, "in": {**told.years_in}, "s": told.state}
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}
