"""Claiming an organization, proving the work address, and what staff decide."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts import queries as accounts
from careercenter.accounts.models import User
from careercenter.accounts.tokens import BadLink
from careercenter.accounts.usecases import count_attempts
from careercenter.claims import queries
from careercenter.claims.models import Claim
from careercenter.database import insert_once
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer, MemberRole
from careercenter.employers.usecases import add_member
from careercenter.errors import Conflict, Invalid
from careercenter.verification.domains import is_at, is_free_mail, site_domain
from careercenter.verification.models import WorkAddress
from careercenter.verification.usecases import FREE

CLAIMS_A_DAY = 5
DAY = timedelta(days=1)
MEMBER_ALREADY = "You act for an organization already. Leave it before you claim another."
CLAIMED_ALREADY = "You have claimed an organization already. Wait for the answer."


def claim_employer(
    session: Session, employer: Employer, user: User, email: str, words: str, now: datetime
) -> Claim:
    """Mail a link to the work address. Raises ``Invalid`` (field "email"), ``Conflict`` for who
    acts for an employer or waits already, ``TooMany`` after five in a day.
    """
    accounts.locked(session, user.id)  # two claims at once are one after the other
    if employers.member_of(session, user.id) is not None:
        raise Conflict(MEMBER_ALREADY)
    if queries.waiting_of(session, user.id) is not None:
        raise Conflict(CLAIMED_ALREADY)
    _check_address(employer, email)
    count_attempts(session, [(f"claim:{user.id}", CLAIMS_A_DAY)], DAY, now)
    proved = user.confirmed and user.email == email
    claim = Claim(
        public_id=secrets.token_hex(16),
        employer_id=employer.id,
        user_id=user.id,
        email=email,
        words=words,
        asked_at=now,
        confirmed_at=now if proved else None,
    )
    session.add(claim)
    session.flush()  # the letter names it
    if not proved:
        outbox.send_email(session, "claim_address", claim.public_id, now)
    return claim


def _check_address(employer: Employer, email: str) -> None:
    """Where the employer's domain is known, the address is there; nowhere is it anybody's."""
    domain = site_domain(employer.website)
    if is_free_mail(email):
        raise Invalid(FREE, "email")
    if domain and not is_at(email, domain):
        raise Invalid(f"Use an address at {domain}, the domain of its website.", "email")


def prove_address(claim: Claim, now: datetime) -> None:
    """Raises ``BadLink`` for a link that is old or was used."""
    if not claim.awaits_proof(now):
        raise BadLink
    claim.confirmed_at = now


def approve_claim(
    session: Session, claim: Claim, role: MemberRole, moderator: User, now: datetime
) -> None:
    """The person is a member at once. ``claim`` is locked, here and below.

    Raises ``Conflict`` before the address is proved, and for who acts for an employer meanwhile.
    """
    claim.approve(moderator, now)
    add_member(session, claim.employer, claim.user_id, role, now)
    if is_at(claim.email, site_domain(claim.employer.website)):
        proof = {
            "public_id": secrets.token_hex(16),
            "employer_id": claim.employer_id,
            "email": claim.email,
            "asked_at": claim.asked_at,
            "confirmed_at": claim.confirmed_at,
        }
        insert_once(session, WorkAddress, proof)
    outbox.send_email(session, "claim_decided", claim.public_id, now)
    outbox.send_email(session, "claim_noticed", claim.public_id, now)


def reject_claim(
    session: Session, claim: Claim, answer: str, moderator: User, now: datetime
) -> None:
    claim.reject(moderator, answer, now)
    outbox.send_email(session, "claim_decided", claim.public_id, now)
