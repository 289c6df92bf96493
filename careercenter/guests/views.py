"""Write first, sign up later: the guest's pages, and where the mailed link leads."""

import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from careercenter import clock
from careercenter.accounts import passwords
from careercenter.accounts import queries as accounts
from careercenter.accounts.access import begin_session, caller_key, employer_required
from careercenter.accounts.forms import JoinForm
from careercenter.accounts.models import Role, User
from careercenter.accounts.tokens import BadLink, Tokens
from careercenter.accounts.usecases import count_attempts, open_session
from careercenter.drafting.models import Draft
from careercenter.drafting.prefill import from_text
from careercenter.errors import NotFound
from careercenter.extensions import db
from careercenter.guests import queries, usecases
from careercenter.guests.forms import HirerForm, WordsForm
from careercenter.guests.handlers import PURPOSE
from careercenter.guests.models import DRAFTS_AN_HOUR, LINKS_AN_HOUR, GuestDraft
from careercenter.web.rendering import render

blueprint = Blueprint("guests", __name__)

HOUR = timedelta(hours=1)
DRAFT = "/post/drafts/<public_id>"
LINK = "/post/links/<token>"


@blueprint.get("/post")
def start() -> ResponseReturnValue:
    if current_user.is_authenticated and current_user.role is Role.EMPLOYER:
        return redirect(url_for("drafting.start"))
    return _start_page(WordsForm(formdata=None))


@blueprint.post("/post/drafts")
def begin() -> ResponseReturnValue:
    form, now = WordsForm(), clock.now()
    if not form.validate_on_submit():
        return _start_page(form, 422)
    _count("guest", DRAFTS_AN_HOUR, now)
    key = session.get("guest") or secrets.token_urlsafe(24)
    draft = usecases.begin(db.session, key, form.title.data, form.text.data, now)
    db.session.commit()
    session["guest"] = key
    return redirect(url_for(".draft", public_id=draft.public_id), 303)


@blueprint.get(DRAFT)
def draft(public_id: str) -> ResponseReturnValue:
    return _draft_page(queries.owned_by(db.session, _key(), public_id))


@blueprint.post(f"{DRAFT}/words")
def revise(public_id: str) -> ResponseReturnValue:
    form = WordsForm()
    if not form.validate_on_submit():
        return _draft_page(queries.owned_by(db.session, _key(), public_id), words=form)
    found = queries.locked(db.session, _key(), public_id, _seen())
    usecases.revise(found, form.title.data, form.text.data, clock.now())
    db.session.commit()
    flash("Kept.", "good")
    return redirect(url_for(".draft", public_id=public_id), 303)


@blueprint.post(f"{DRAFT}/link")
def ask_for_link(public_id: str) -> ResponseReturnValue:
    form = HirerForm()
    if not form.validate_on_submit():
        return _draft_page(queries.owned_by(db.session, _key(), public_id), hirer=form)
    now = clock.now()
    _count("guest-link", LINKS_AN_HOUR, now)
    found = queries.locked(db.session, _key(), public_id, _seen())
    usecases.ask_for_link(db.session, found, form.hirer(), now)
    db.session.commit()
    return redirect(url_for(".draft", public_id=public_id), 303)


@blueprint.post(f"{DRAFT}/removal")
def discard(public_id: str) -> ResponseReturnValue:
    db.session.delete(queries.locked(db.session, _key(), public_id, _seen()))
    db.session.commit()
    flash("Discarded. Nothing of it is kept.")
    return redirect(url_for(".start"), 303)


@blueprint.get(LINK)
def link(token: str) -> ResponseReturnValue:
    found = _linked(token)
    return _link_page(token, found, JoinForm(found.email, formdata=None))


@blueprint.post(f"{LINK}/claim")
@employer_required
def claim(token: str) -> ResponseReturnValue:
    found = queries.locked_by_public_id(db.session, _linked(token).public_id)
    begun = _claim(found, current_user.user, clock.now())
    db.session.commit()
    return _to_editor(begun)


@blueprint.post(f"{LINK}/registration")
def register(token: str) -> ResponseReturnValue:
    """Whoever has the link has the address. One that has an account signs in instead."""
    now, found = clock.now(), _linked(token)
    form, public_id = JoinForm(found.email), found.public_id
    if accounts.is_taken(db.session, found.email) or not form.validate_on_submit():
        return _link_page(token, found, form, 422)
    db.session.commit()  # hashing takes long: nothing is locked meanwhile
    hashed = passwords.hash_password(form.password.data)
    found = queries.locked_by_public_id(db.session, public_id)
    user = usecases.register_guest(db.session, found, form.name.data, hashed, now)
    begun = _claim(found, user, now)
    opened = open_session(db.session, user, request.user_agent.string, now)
    db.session.commit()
    begin_session(user, opened)
    return _to_editor(begun)


def _count(purpose: str, limit: int, now: datetime) -> None:
    """Count this attempt for good, also when what follows fails. Raises ``TooMany``."""
    try:
        count_attempts(db.session, [(caller_key(purpose), limit)], HOUR, now)
    finally:
        db.session.commit()


def _key() -> str:
    """What this browser is known by. Raises ``NotFound`` for one that began nothing."""
    key = session.get("guest")
    if not isinstance(key, str):
        raise NotFound
    return key


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)


def _linked(token: str) -> GuestDraft:
    tokens: Tokens = current_app.extensions["tokens"]
    found = queries.by_public_id(db.session, tokens.read_link(PURPOSE, token))
    if found is None or not found.is_open(clock.now()):
        raise BadLink
    return found


def _claim(found: GuestDraft, user: User, now: datetime) -> Draft:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    places, today = current_app.extensions["places"], now.astimezone(zone).date()
    typed, read = from_text(found.text, places, today) if found.text else ({}, {})
    return usecases.claim(db.session, found, user, typed, read, now)


def _to_editor(begun: Draft) -> ResponseReturnValue:
    flash("Your words are here. Five short steps, and you see it as coders will.", "good")
    return redirect(url_for("drafting.step", draft_id=begun.id, step="role"), 303)


def _start_page(form: WordsForm, status: int = 200) -> ResponseReturnValue:
    key = session.get("guest")
    drafts = queries.of_browser(db.session, key, clock.now()) if key else ()
    return render("guests/start.html", status=status, form=form, drafts=drafts)


def _draft_page(
    found: GuestDraft, words: WordsForm | None = None, hirer: HirerForm | None = None
) -> ResponseReturnValue:
    problems: FlaskForm | None = words or hirer
    return render(
        "guests/draft.html",
        status=422 if problems else 200,
        draft=found,
        words=words or WordsForm(formdata=None, obj=found),
        hirer=hirer or HirerForm(formdata=None, obj=found),
        problems=problems,
    )


def _link_page(
    token: str, found: GuestDraft, form: JoinForm, status: int = 200
) -> ResponseReturnValue:
    known = accounts.is_taken(db.session, found.email)
    return render(
        "guests/link.html", status=status, token=token, draft=found, form=form, known=known
    )
