"""Finding applications, scoped to the candidate who sent them or the employer who got them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from careercenter.applications.models import KEPT_FOR, Application, ApplicationStatus
from careercenter.candidates.models import Candidate, Resume
from careercenter.database import Page, paginate
from careercenter.employers.models import Member
from careercenter.employers.rights import Right, roles_with
from careercenter.errors import Conflict
from careercenter.postings.models import Posting
from careercenter.screening.models import ScreeningAnswer

MOST_ERASED = 500  # in one go


def sent_by(session: Session, user_id: int, public_id: str) -> Application:
    """Raises ``NoResultFound`` for what is missing or another candidate's."""
    return session.scalars(_sent_by(user_id).where(Application.public_id == public_id)).one()


def sent_to(session: Session, user_id: int, posting_id: int) -> str | None:
    """The public id of the candidate's application to this posting: there is at most one."""
    return session.scalar(
        select(Application.public_id)
        .join(Application.candidate)
        .where(Candidate.user_id == user_id, Application.posting_id == posting_id)
    )


def is_open(session: Session, posting_id: int, now: datetime) -> bool:
    """Whether the posting may be applied to."""
    live = select(Posting.id).where(Posting.id == posting_id, Posting.live(now))
    return session.scalar(live) is not None


def sent_page(session: Session, user_id: int, page: int) -> Page[Application]:
    """A candidate's applications, the newest first."""
    newest_first = _sent_by(user_id).order_by(
        Application.submitted_at.desc(), Application.id.desc()
    )
    return paginate(session, newest_first, page)


def resume_sent_last(session: Session, user_id: int) -> str | None:
    """Its public id."""
    return session.scalar(
        select(Resume.public_id)
        .join(Application, Application.resume_id == Resume.id)
        .join(Application.candidate)
        .where(Candidate.user_id == user_id)
        .order_by(Application.submitted_at.desc(), Application.id.desc())
        .limit(1)
    )


def locked_sent(session: Session, user_id: int, public_id: str, version: int | None) -> Application:
    """The candidate's application, locked. Raises ``Conflict`` if it is not what was seen."""
    return _lock(session, _sent_by(user_id).where(Application.public_id == public_id), version)


def received_by(session: Session, employer_id: int, public_id: str) -> Application:
    """Raises ``NoResultFound`` for what is missing or another employer's."""
    received = _received_by(employer_id).where(Application.public_id == public_id)
    return session.scalars(received).one()


def received_page(
    session: Session, posting_id: int, status: ApplicationStatus | None, page: int
) -> Page[Application]:
    """Applications to a posting that the caller has found to be the employer's, newest first."""
    received = select(Application).where(Application.posting_id == posting_id)
    if status is not None:
        received = received.where(Application.status == status)
    newest_first = received.order_by(Application.submitted_at.desc(), Application.id.desc())
    return paginate(session, newest_first, page)


def locked_received(
    session: Session, employer_id: int, public_id: str, version: int | None
) -> Application:
    """The employer's application, locked. Raises ``Conflict`` if it is not what was seen."""
    received = _received_by(employer_id).where(Application.public_id == public_id)
    return _lock(session, received, version)


def count_by_status(session: Session, posting_id: int) -> dict[ApplicationStatus, int]:
    rows = session.execute(
        select(Application.status, func.count())
        .where(Application.posting_id == posting_id)
        .group_by(Application.status)
    )
    return dict(rows.all())


def count_new(session: Session, employer_id: int) -> dict[int, int]:
    """Posting id → how many of its applications wait for a first answer; none: left out."""
    rows = session.execute(
        select(Application.posting_id, func.count())
        .join(Application.posting)
        .where(
            Posting.employer_id == employer_id,
            Application.status == ApplicationStatus.SUBMITTED,
        )
        .group_by(Application.posting_id)
    )
    return dict(rows.all())


def count_uses(session: Session, user_id: int) -> dict[int, int]:
    """Résumé id → how many of the candidate's applications hold it."""
    rows = session.execute(
        select(Application.resume_id, func.count())
        .join(Application.candidate)
        .where(Candidate.user_id == user_id, _held())
        .group_by(Application.resume_id)
    )
    return dict(rows.all())


def readable_resume(session: Session, user_id: int, public_id: str) -> Resume:
    """A résumé, or a file among answers: their own, or sent to the employer they act for.

    Raises ``NoResultFound``, also once the application was withdrawn.
    """
    own = exists().where(Candidate.id == Resume.candidate_id, Candidate.user_id == user_id)
    received = (
        select(Application.id)
        .join(Application.posting)
        .join(Member, Member.employer_id == Posting.employer_id)
        .where(
            or_(Application.resume_id == Resume.id, _answered_with()),
            Member.user_id == user_id,
            Member.role.in_(roles_with(Right.READ_APPLICATIONS)),
            _held(),
        )
        .exists()
    )
    mine = select(Resume).where(Resume.public_id == public_id, or_(own & _wanted(), received))
    return session.scalars(mine).one()


def is_wanted(session: Session, storage_key: str) -> bool:
    """Whether anybody may still read these bytes."""
    wanted = select(Resume.id).where(Resume.storage_key == storage_key, _wanted())
    return session.scalar(wanted) is not None


def due_for_erasure(session: Session, now: datetime) -> Sequence[Application]:
    oldest_first = (
        select(Application)
        .where(Application.submitted_at < now - KEPT_FOR)
        .order_by(Application.submitted_at)
        .limit(MOST_ERASED)
    )
    return session.scalars(oldest_first).all()


def _held() -> ColumnElement[bool]:
    """Whether this application gives the employer its résumé."""
    return Application.status != ApplicationStatus.WITHDRAWN


def _wanted() -> ColumnElement[bool]:
    held = exists().where(Application.resume_id == Resume.id, _held())
    answer = exists().where(ScreeningAnswer.resume_id == Resume.id)  # forgotten when withdrawn
    return or_(Resume.removed_at.is_(None), held, answer)


def _answered_with() -> ColumnElement[bool]:
    return exists().where(
        ScreeningAnswer.resume_id == Resume.id, ScreeningAnswer.application_id == Application.id
    )


def _sent_by(user_id: int) -> Select[Application]:
    return select(Application).join(Application.candidate).where(Candidate.user_id == user_id)


def _received_by(employer_id: int) -> Select[Application]:
    return select(Application).join(Application.posting).where(Posting.employer_id == employer_id)


def _lock(session: Session, query: Select[Application], version: int | None) -> Application:
    application = session.scalars(
        query.with_for_update(of=Application).execution_options(populate_existing=True)
    ).one()
    if application.version != version:
        raise Conflict
    return application
