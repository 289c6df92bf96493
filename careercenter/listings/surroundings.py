"""What stands beside a listing and not in it, asked for in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from careercenter.postings.models import Posting
from careercenter.revisions.models import Revision
from careercenter.revisions.queries import DONE, shown
from careercenter.verification.models import Document, Facts
from careercenter.verification.queries import facts_beside

_Copy = aliased(Posting)
_OF_POSTING: BindParameter[int] = bindparam("posting_id")
_OF_EMPLOYER: BindParameter[int] = bindparam("employer_id")
_OF_NAME: BindParameter[str] = bindparam("employer_name")
_BESIDE = select(
    select(func.max(Document.accepted_at))
    .where(Document.employer_id == _OF_EMPLOYER, Document.seen_name == _OF_NAME)
    .scalar_subquery(),
    select(func.count(_Copy.id)).where(_Copy.folded_into_id == _OF_POSTING).scalar_subquery(),
    exists().where(Revision.posting_id == _OF_POSTING, Revision.state.in_(DONE)),
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``checked``: of the employer, unless the posting keeps its name back. ``copies``: of others,
    folded under it. ``changes``: since it was first shown, the newest first.
    """

    checked: Facts | None
    copies: int
    changes: Sequence[Revision]


def surroundings(session: Session, posting: Posting) -> Surroundings:
    asked = {
        "posting_id": posting.id,
        "employer_id": posting.employer_id,
        "employer_name": posting.employer.name,
    }
    seen, copies, changed = session.execute(_BESIDE, asked).one()
    return Surroundings(
        checked=None if posting.confidential else facts_beside(session, posting.employer, seen),
        copies=copies,
        changes=shown(session, posting.id) if changed else (),
    )
