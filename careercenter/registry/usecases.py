"""Making one employer of two."""

from datetime import datetime

from sqlalchemy import Update, delete, literal, select, update
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import User
from careercenter.billing.models import Checkout
from careercenter.claims.models import Claim
from careercenter.credits.models import EntryReason
from careercenter.credits.queries import unspent
from careercenter.credits.usecases import give_credits, take_credits
from careercenter.database import upsert
from careercenter.drafting.models import Draft
from careercenter.employers.models import Employer, EmployerMerge, MemberRole
from careercenter.errors import Conflict, Invalid
from careercenter.plans.queries import usual_days
from careercenter.registry import queries
from careercenter.saved.models import HiddenEmployer
from careercenter.team.models import Invitation

UNKNOWN = "There is no employer at that address."
ITSELF = "That is the employer you are looking at. Enter the address of the one to keep."
MERGED = "One of the two went into another employer already."


def merge_employers(
    session: Session, gone_id: int, version: int, kept_slug: str, moderator: User, now: datetime
) -> EmployerMerge:
    """Postings, members, purchases and credits move; the old address leads on.

    It locks for itself: postings, checkouts, then the employers by id. What was checked of the one
    that goes is not true of the one that stays, and stays behind. Raises ``Invalid`` (field
    "slug"), ``NoResultFound``, ``Conflict`` if it is not the ``version`` that was seen.
    """
    kept_id = queries.id_of(session, kept_slug)
    if kept_id is None:
        raise Invalid(UNKNOWN, "slug")
    if kept_id == gone_id:
        raise Invalid(ITSELF, "slug")
    postings = queries.locked_postings(session, gone_id)
    queries.lock_checkouts(session, gone_id)
    gone, kept = _lock_both(session, gone_id, version, kept_id)
    merge = EmployerMerge(
        gone_id=gone_id,
        kept_id=kept_id,
        old_slug=gone.slug,
        moderator_id=moderator.id,
        merged_at=now,
        postings=len(postings),
        members=_move_members(session, gone_id, kept_id),
        credits=_move_credits(session, gone, kept, now),
    )
    session.add(merge)
    _move_the_rest(session, gone_id, kept_id, now)
    for posting in postings:
        posting.employer = kept
    outbox.index_posting(session, *(posting for posting in postings if posting.is_live(now)))
    return merge


def _lock_both(
    session: Session, gone_id: int, version: int, kept_id: int
) -> tuple[Employer, Employer]:
    gone, kept, went = queries.locked_employers(session, gone_id, kept_id)
    if gone.version != version:
        raise Conflict
    if went:
        raise Conflict(MERGED)
    return gone, kept


def _move_members(session: Session, gone_id: int, kept_id: int) -> int:
    """Owners of the one that goes become recruiters, unless nobody else owns the one that stays."""
    members = queries.members_of_both(session, gone_id, kept_id)
    moving = [member for member in members if member.employer_id == gone_id]
    led = any(m.employer_id == kept_id and m.role is MemberRole.OWNER for m in members)
    for member in moving:
        member.employer_id = kept_id
        if led and member.role is MemberRole.OWNER:
            member.role = MemberRole.RECRUITER
    return len(moving)


def _move_credits(session: Session, gone: Employer, kept: Employer, now: datetime) -> int:
    """Two entries for what had come by one: what is written in a ledger stays there."""
    moving, ref = gone.credit_balance, f"merge:{gone.id}:{kept.id}"
    for some in unspent(session, gone.id):
        count, came = some.left, some.entry
        out, into = f"{ref}:{gone.id}:{came.id}", f"{ref}:{kept.id}:{came.id}"
        take_credits(session, gone, count, EntryReason.MERGED, out, now, among=[some])
        give_credits(
            session,
            kept,
            count,
            came.days or usual_days(session),
            EntryReason.MERGED,
            into,
            now,
            expires_at=came.expires_at,
        )
    return moving


def _move_the_rest(session: Session, gone_id: int, kept_id: int, now: datetime) -> None:
    """Purchases and claims go on with the one that stays; invitations end; who hid the one hides
    the other.
    """
    session.execute(_moved(Checkout, gone_id, kept_id))
    for table in (Claim, Draft):
        session.execute(_moved(table, gone_id, kept_id).values(version=table.version + 1))
    open_ = (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    of_it = update(Invitation).where(Invitation.employer_id == gone_id, *open_)
    session.execute(of_it.values(withdrawn_at=now))
    hidden = HiddenEmployer.employer_id == gone_id
    columns = (HiddenEmployer.user_id, literal(kept_id), HiddenEmployer.created_at)
    names = ["user_id", "employer_id", "created_at"]
    copy = upsert(session, HiddenEmployer).from_select(names, select(*columns).where(hidden))
    session.execute(copy.on_conflict_do_nothing())
    session.execute(delete(HiddenEmployer).where(hidden))


def _moved(table: type[Checkout | Claim | Draft], gone_id: int, kept_id: int) -> Update:
    return update(table).where(table.employer_id == gone_id).values(employer_id=kept_id)
