"""Finding revisions: an employer's, those that wait, and what the public reads of them."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from careercenter.database import Page, paginate
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.queries import WITHOUT_LISTS
from careercenter.revisions.models import Revision, RevisionState

S = RevisionState
DONE = (S.APPLIED, S.APPROVED)
MOST_SHOWN = 10


def of_posting(session: Session, posting_id: int, limit: int = 100) -> Sequence[Revision]:
    """The newest first, with who proposed them."""
    newest_first = _of(posting_id).order_by(Revision.id.desc()).limit(limit)
    return session.scalars(newest_first.options(joinedload(Revision.author))).all()


def shown(session: Session, posting_id: int) -> Sequence[Revision]:
    """What visitors are told was changed, the newest first."""
    done = _of(posting_id).where(Revision.state.in_(DONE)).order_by(Revision.id.desc())
    return session.scalars(done.limit(MOST_SHOWN)).all()


def waiting_for(session: Session, posting_id: int) -> Revision | None:
    """The proposal that a moderator has to look at; there is at most one."""
    return session.scalars(_of(posting_id).where(Revision.state == S.WAITING)).first()


def waiting(session: Session, page: int) -> Page[Revision]:
    """What moderators have to look at, the oldest first."""
    with_posting = contains_eager(Revision.posting).options(*WITHOUT_LISTS)
    oldest_first = _to_look_at().options(with_posting).order_by(Revision.created_at, Revision.id)
    return paginate(session, oldest_first, page)


def count_waiting(session: Session) -> int:
    counted = _to_look_at().with_only_columns(func.count())
    return session.scalar(counted) or 0


def by_id(session: Session, revision_id: int) -> Revision:
    """Anybody's. Raises ``NoResultFound``."""
    return session.scalars(select(Revision).where(Revision.id == revision_id)).one()


def locked(session: Session, revision_id: int) -> Revision:
    """Its posting is locked."""
    wanted = select(Revision).where(Revision.id == revision_id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def reviewed_text(session: Session, posting: Posting) -> str:
    """The description as a moderator last saw it."""
    since = _of(posting.id).where(Revision.created_at > posting.submitted_at)
    approved = since.where(Revision.state == S.APPROVED).order_by(Revision.id.desc())
    if last := session.scalars(approved.limit(1)).first():
        return last.proposed.description
    applied = since.where(Revision.state == S.APPLIED).order_by(Revision.id)
    first = session.scalars(applied.limit(1)).first()
    return first.replaced.description if first else posting.description


def _to_look_at() -> Select[Revision]:
    """What has left the board meanwhile asks for no look."""
    on_board = Posting.status.in_((PostingStatus.PUBLISHED, PostingStatus.PAUSED))
    return select(Revision).join(Revision.posting).where(Revision.state == S.WAITING, on_board)


def _of(posting_id: int) -> Select[Revision]:
    return select(Revision).where(Revision.posting_id == posting_id)
