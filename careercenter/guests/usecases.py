"""Writing before there is an account, and taking it into one."""

import secrets
from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import Role, User
from careercenter.accounts.queries import token_hash
from careercenter.accounts.tokens import BadLink
from careercenter.accounts.usecases import join, may_write_to
from careercenter.drafting.models import Draft, Values
from careercenter.drafting.usecases import begin_draft
from careercenter.employers import queries as employers
from careercenter.employers.models import EmployerDetails
from careercenter.employers.rights import Right
from careercenter.employers.usecases import found_employer
from careercenter.errors import Forbidden
from careercenter.guests import queries
from careercenter.guests.models import KEPT_FOR, GuestDraft, Hirer

NOT_HIRING = "Your account can't do that. It is a candidate's; sign out and make one for hiring."
NO_WRITER = "Your account can't do that. Ask an owner of your organization for another role."


def begin(session: Session, key: str, title: str, text: str, now: datetime) -> GuestDraft:
    """``key``: what the browser is known by."""
    draft = GuestDraft(
        public_id=secrets.token_hex(16),
        key_hash=token_hash(key),
        title=title,
        text=text,
        created_at=now,
        changed_at=now,
    )
    session.add(draft)
    session.flush()  # the caller leads to it
    return draft


def revise(draft: GuestDraft, title: str, text: str, now: datetime) -> None:
    """``draft`` is locked, here and below."""
    draft.title, draft.text, draft.changed_at = title, text, now


def ask_for_link(session: Session, draft: GuestDraft, hirer: Hirer, now: datetime) -> None:
    """Mail a link to go on with. The answer is the same for an address that has had enough."""
    draft.organization, draft.kind, draft.email = hirer.organization, hirer.kind, hirer.email
    draft.changed_at = draft.asked_at = now
    if may_write_to(session, hirer.email, now):
        outbox.send_email(session, "guest_link", draft.public_id, now)


def claim(
    session: Session, draft: GuestDraft, user: User, typed: Values, found: Values, now: datetime
) -> Draft:
    """Take it into this person's organization, which is founded if there is none yet.

    ``typed`` and ``found``: what was read in the text, see ``drafting.models``. Raises ``BadLink``
    once it was claimed or forgotten, ``Forbidden`` for a candidate or a role that does not write.
    """
    if not draft.is_open(now):
        raise BadLink
    if user.role is not Role.EMPLOYER:
        raise Forbidden(NOT_HIRING)
    member = employers.member_of(session, user.id)
    if member is not None and not member.may(Right.WRITE):
        raise Forbidden(NO_WRITER)
    if member is None:
        details = EmployerDetails(name=draft.organization, kind=draft.kind)
        employer_id = found_employer(session, user.id, details, now).id
    else:
        employer_id = member.employer_id
    draft.claimed_at = now
    others = {name: words for name, words in found.items() if name != "title"}  # that was typed
    return begin_draft(session, employer_id, typed | {"title": [draft.title]}, others, now)


def register_guest(
    session: Session, draft: GuestDraft, name: str, password_hash: str, now: datetime
) -> User:
    """An account for the address, which the mailed link proves."""
    if not draft.is_open(now):
        raise BadLink
    return join(session, draft.email, name, password_hash, Role.EMPLOYER, now)


def remind_guests(session: Session, _: str, now: datetime) -> None:
    """A daily task: one reminder, never a second."""
    for draft in queries.to_remind(session, now):
        draft.reminded_at = now
        outbox.send_email(session, "guest_reminder", draft.public_id, now)


def forget_guest_drafts(session: Session, _: str, now: datetime) -> None:
    """A daily task: what was claimed, and what nobody came back for."""
    old = GuestDraft.changed_at <= now - KEPT_FOR
    session.execute(delete(GuestDraft).where(or_(old, GuestDraft.claimed_at <= now - KEPT_FOR)))
