"""The letters about claims."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.tokens import Tokens
from careercenter.claims import queries
from careercenter.employers.queries import owner_addresses
from careercenter.mail import Builder, Letter

PURPOSE = "claim"


def letters(tokens: Tokens) -> dict[str, Builder]:
    def claim_address(session: Session, public_id: str, now: datetime) -> Letter | None:
        claim = queries.by_public_id(session, public_id)
        if claim is None or not claim.awaits_proof(now):
            return None
        context = {
            "name": claim.user.name,
            "employer": claim.employer.name,
            "token": tokens.link(PURPOSE, public_id),
        }
        return Letter(claim.email, "Confirm your work address", "claim_address", context)

    return {
        "claim_address": claim_address,
        "claim_decided": claim_decided,
        "claim_noticed": claim_noticed,
    }


def claim_decided(session: Session, public_id: str, now: datetime) -> Letter | None:
    claim = queries.by_public_id(session, public_id)
    if claim is None or claim.waiting:
        return None
    approved = claim.approved_at is not None
    context = {
        "name": claim.user.name,
        "employer": claim.employer.name,
        "approved": approved,
        "answer": claim.answer,
    }
    subject = "You now act for" if approved else "Your claim of"
    return Letter(claim.user.email, f"{subject} {claim.employer.name}", "claim_decided", context)


def claim_noticed(session: Session, public_id: str, now: datetime) -> Letter | None:
    """To those who were owners before."""
    claim = queries.by_public_id(session, public_id)
    if claim is None or claim.approved_at is None:
        return None
    owners = owner_addresses(session, claim.employer_id)
    others = ", ".join(address for address in owners if address != claim.user.email)
    if not others:
        return None
    context = {"name": claim.user.name, "address": claim.email, "employer": claim.employer.name}
    return Letter(others, f"{claim.user.name} joined your team", "claim_noticed", context)
