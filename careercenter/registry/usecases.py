"""Making one employer of two."""

from datetime import datetime

from sqlalchemy import ColumnElement, Update, case, delete, exists, func, literal, select, update
from sqlalchemy.orm import Session, aliased

from careercenter import outbox
from careercenter.accounts.models import User
from careercenter.billing.models import Checkout
from careercenter.claims.models import Claim
from careercenter.credits.models import EntryReason
from careercenter.credits.queries import unspent
from careercenter.credits.usecases import give_credits, take_credits
from careercenter.database import upsert
from careercenter.drafting.models import Draft
from careercenter.employers.models import Employer, EmployerMerge, Member, MemberRole
from careercenter.errors import Conflict, Invalid
from careercenter.imports.models import LONGEST_FEED, Import, ImportedPosting
from careercenter.invoicing.models import InvoiceTerms
from careercenter.plans.queries import usual_days
from careercenter.postings.models import Posting
from careercenter.registry import queries
from careercenter.saved.models import HiddenEmployer
from careercenter.slots.models import Subscription
from careercenter.team.models import Invitation

Movable = (
    Checkout
    | Claim
    | Draft
    | Import
    | ImportedPosting
    | InvoiceTerms
    | Member
    | Posting
    | Subscription
)

UNKNOWN = "There is no employer at that address."
ITSELF = "That is the employer you are looking at. Enter the address of the one to keep."
MERGED = "One of the two went into another employer already."


def merge_employers(
    session: Session, gone_id: int, version: int, kept_slug: str, moderator: User, now: datetime
) -> EmployerMerge:
    """Postings, members, purchases and credits move; the old address leads on.

    It locks for itself: postings, checkouts, then the employers by id. What was checked of the one
    that goes is not true of the one that stays, and stays behind. Raises ``Invalid`` (field
    "slug"), ``NoResultFound``, ``Conflict`` if it is not the ``version`` that was seen, or gets
    something new meanwhile.
    """
    kept_id = queries.id_of(session, kept_slug)
    if kept_id is None:
        raise Invalid(UNKNOWN, "slug")
    if kept_id == gone_id:
        raise Invalid(ITSELF, "slug")
    postings = queries.lock_postings(session, gone_id)
    checkouts = queries.lock_checkouts(session, gone_id)
    gone, kept = _lock_both(session, gone_id, version, kept_id)
    if queries.left_with(session, gone_id) != (postings, checkouts):
        raise Conflict
    _move_debt(gone, kept)
    merge = EmployerMerge(
        gone_id=gone_id,
        kept_id=kept_id,
        old_slug=gone.slug,
        moderator_id=moderator.id,
        merged_at=now,
        postings=postings,
        members=_move_members(session, gone_id, kept_id),
        credits=_move_credits(session, gone, kept, now),
    )
    session.add(merge)
    _move_the_rest(session, gone_id, kept_id, now)
    session.flush()
    moved = _moved(Posting, gone_id, kept_id).values(search_seq=outbox.next_in_feed(session))
    session.execute(moved.values(version=Posting.version + 1))
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
    theirs = aliased(Member)
    led = exists().where(theirs.employer_id == kept_id, theirs.role == MemberRole.OWNER)
    lower = (Member.role == MemberRole.OWNER) & led
    role = case((lower, MemberRole.RECRUITER.value), else_=Member.role)
    moved = _moved(Member, gone_id, kept_id).values(role=role, version=Member.version + 1)
    return len(session.scalars(moved.returning(Member.id)).all())


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


def _move_debt(gone: Employer, kept: Employer) -> None:
    """Who owes goes on owing, since the earlier of the two."""
    kept.owes_at = min(filter(None, (gone.owes_at, kept.owes_at)), default=None)
    gone.owes_at = None


def _move_the_rest(session: Session, gone_id: int, kept_id: int, now: datetime) -> None:
    """Purchases, slots, claims, drafts, imports and what staff decided of invoices go on with the
    one that stays; invitations end; who hid the one hides the other.
    """
    for kept_as_they_are in (Checkout, InvoiceTerms):
        session.execute(_moved(kept_as_they_are, gone_id, kept_id))
    for table in (Claim, Draft, Subscription):
        session.execute(_moved(table, gone_id, kept_id).values(version=table.version + 1))
    for imported in (Import, ImportedPosting):
        feed = _other_feed(imported, gone_id, kept_id)
        session.execute(_moved(imported, gone_id, kept_id).values(feed=feed))
    open_ = (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    of_it = update(Invitation).where(Invitation.employer_id == gone_id, *open_)
    session.execute(of_it.values(withdrawn_at=now))
    hidden = HiddenEmployer.employer_id == gone_id
    columns = (HiddenEmployer.user_id, literal(kept_id), HiddenEmployer.created_at)
    names = ["user_id", "employer_id", "created_at"]
    copy = upsert(session, HiddenEmployer).from_select(names, select(*columns).where(hidden))
    session.execute(copy.on_conflict_do_nothing())
    session.execute(delete(HiddenEmployer).where(hidden))


def _other_feed(
    table: type[Import | ImportedPosting], gone_id: int, kept_id: int
) -> ColumnElement[str]:
    """A list of the same name is another list: a whole file of one closes nothing of the other."""
    before = aliased(ImportedPosting)
    theirs = select(before.feed).where(before.employer_id == kept_id)
    suffix = f" ({gone_id})"
    other = func.substr(table.feed, 1, LONGEST_FEED - len(suffix)) + suffix
    return case((table.feed.in_(theirs), other), else_=table.feed)


def _moved(table: type[Movable], gone_id: int, kept_id: int) -> Update:
    return update(table).where(table.employer_id == gone_id).values(employer_id=kept_id)
