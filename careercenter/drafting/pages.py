"""The pages of the editor, put together from what is kept and what is thought of it."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.checks.models import Step
from careercenter.custom_fields.models import AskedField
from careercenter.custom_fields.queries import asked_fields
from careercenter.drafting import queries
from careercenter.drafting.advice import Advice, advice_on
from careercenter.drafting.forms import StartForm
from careercenter.drafting.models import Draft, Values
from careercenter.drafting.starters import TEMPLATES
from careercenter.drafting.writing import NAMES, Written, read, step_fields, step_values
from careercenter.employers.models import Member
from careercenter.extensions import db
from careercenter.listings.wording import card_of
from careercenter.postings import queries as postings
from careercenter.postings.form_values import values_of as form_values_of
from careercenter.postings.forms import PostingForm, posting_form
from careercenter.postings.models import Posting
from careercenter.web.rendering import render


def today() -> date:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    return clock.now().astimezone(zone).date()


def asked() -> tuple[AskedField, ...]:
    """What this board asks beside the rest."""
    return asked_fields(db.session)


def start_form(member: Member) -> StartForm:
    found = queries.earlier_postings(db.session, member.employer_id)
    return StartForm([(str(posting.id), posting.title) for posting in found])


def start_page(member: Member, form: StartForm) -> ResponseReturnValue:
    drafts = queries.unfinished(db.session, member.employer_id)
    status = 422 if form.errors else 200
    return render(
        "drafting/start.html", form=form, drafts=drafts, templates=TEMPLATES, status=status
    )


def advice(member: Member, written: Written) -> Advice:
    volumes = current_app.extensions["volumes"]
    return advice_on(db.session, written, member.employer, volumes, today(), clock.now())


def read_typed(typed: Values) -> Written:
    return read(typed, current_app.extensions["places"], today(), asked())


def sent(draft: Draft, *steps: Step) -> Values:
    """What is typed in the draft once what was sent of these steps is in it."""
    own = asked()
    return draft.with_typed(step_fields(own, *steps), step_values(request.form, own, *steps))


def beginning(draft: Draft) -> str:
    """Where writing begins: with the first step, or with all of it on one page."""
    if request.form.get("page") == "whole":
        return url_for("drafting.whole", draft_id=draft.id)
    return url_for("drafting.step", draft_id=draft.id, step=Step.ROLE.value)


def after(draft: Draft, here: Step, wanted: str) -> str:
    """Where a step leads: the next one, the check after the last, or where a button said."""
    if wanted == "later":
        return url_for("drafting.start")
    if wanted == "add":
        return url_for(
            "drafting.step", draft_id=draft.id, step=here.value, _anchor="requirement-builder"
        )
    later = list(Step)[list(Step).index(here) + 1 :]
    if not later:
        return url_for("drafting.check", draft_id=draft.id)
    return url_for("drafting.step", draft_id=draft.id, step=later[0].value)


def step_page(
    member: Member,
    draft: Draft,
    step: Step | None,
    written: Written,
    *,
    refused: bool = False,
    fragment: str | None = None,
) -> ResponseReturnValue:
    """``step``: None for all of them on one page."""
    here = (step,) if step else tuple(Step)
    thoughts = advice(member, written)
    form = written.show(*(here if refused else ()))
    for name, words in draft.found.items():
        if name in form:
            form[name].found = words
    return render(
        fragment or ("drafting/step.html" if step else "drafting/whole.html"),
        status=422 if refused else 200,
        draft=draft,
        step=step,
        names=NAMES,
        answered=written.answered,
        form=form,
        advice=thoughts,
        agency=not member.employer.direct,
    )


def check_page(member: Member, draft: Draft, status: int = 200) -> ResponseReturnValue:
    written = read_typed(draft.typed)
    thoughts = advice(member, written)
    return render(
        "drafting/check.html",
        draft=draft,
        names=NAMES,
        answered=written.answered,
        advice=thoughts,
        status=status,
    )


def earlier(member: Member, number: int | None) -> Posting | None:
    """The employer's posting of that number; none where there is no number."""
    if number is None:
        return None
    return postings.owned_by(db.session, member.employer_id, number)


def editor(posting: Posting) -> PostingForm:
    own = asked()
    data = form_values_of(posting, own) if request.method == "GET" else None
    return posting_form(own)(current_app.extensions["places"], today(), data=data)


def editor_page(
    form: PostingForm, posting: Posting, problems: Sequence[str] = (), status: int | None = None
) -> ResponseReturnValue:
    """What was typed is kept; sent again, it stands against the version that is shown now."""
    form.version.data = posting.version
    status = status or (422 if form.errors else 200)
    return render(
        "drafting/editor.html",
        form=form,
        posting=posting,
        card=card_of(posting),
        problems=problems,
        status=status,
    )
