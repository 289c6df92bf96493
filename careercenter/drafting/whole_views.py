"""The editor on one page, for who has written postings before: the same draft, kept and advised."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.checks.models import Step
from careercenter.drafting import queries, usecases
from careercenter.drafting.models import Draft
from careercenter.drafting.pages import read_typed, sent, step_page
from careercenter.drafting.views import DRAFT, seen, writer
from careercenter.drafting.views import blueprint as blueprint
from careercenter.employers.models import Member
from careercenter.extensions import db

WHOLE = f"{DRAFT}/whole"


@blueprint.get(WHOLE)
@writer
def whole(member: Member, draft_id: int) -> ResponseReturnValue:
    draft = queries.owned_by(db.session, member.employer_id, draft_id)
    return step_page(member, draft, None, read_typed(draft.typed))


@blueprint.post(WHOLE)
@writer
def save_whole(member: Member, draft_id: int) -> ResponseReturnValue:
    """What is right becomes a posting; "add" and "later" keep what is there and judge nothing."""
    draft, now = queries.locked(db.session, member.employer_id, draft_id, seen()), clock.now()
    typed, wanted = sent(draft, *Step), request.form.get("act", "")
    if wanted in ("add", "later"):
        draft.keep(typed, now)
        db.session.commit()
        return redirect(_after(draft, wanted), 303)
    written = read_typed(typed)
    if not written.complete:
        return step_page(member, draft, None, written, refused=True)
    details = written.form.details()
    posting = usecases.finish_draft(db.session, draft, member.employer, details, now)
    db.session.commit()
    return redirect(url_for(".preview", posting_id=posting.id), 303)


@blueprint.post(f"{WHOLE}/words")
@writer
def autosave_whole(member: Member, draft_id: int) -> ResponseReturnValue:
    """Keep what is typed, right or not, and answer with the advice on it."""
    draft = queries.locked(db.session, member.employer_id, draft_id, seen())
    typed = sent(draft, *Step)
    draft.keep(typed, clock.now())
    db.session.commit()
    return step_page(member, draft, None, read_typed(typed), fragment="drafting/_advice.html")


def _after(draft: Draft, wanted: str) -> str:
    if wanted == "later":
        return url_for(".start")
    return url_for(".whole", draft_id=draft.id, _anchor="requirement-builder")
