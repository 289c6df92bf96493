"""Pages to register, confirm, sign in and out, and to look after one's account."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from careercenter import clock
from careercenter.accounts import queries, usecases
from careercenter.accounts.access import begin_session, caller_key, desk_url, safe_next, signed_in
from careercenter.accounts.forms import (
    ChangePasswordForm,
    ForgottenForm,
    LoginForm,
    RegisterForm,
    ResetForm,
)
from careercenter.accounts.models import Role
from careercenter.accounts.tokens import BadLink, Tokens, still_fresh
from careercenter.errors import Invalid, TooMany
from careercenter.extensions import db
from careercenter.web.errors import error_page
from careercenter.web.rendering import render

blueprint = Blueprint("accounts", __name__)

FIVE_MINUTES = timedelta(minutes=5)
ONE_DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@blueprint.app_errorhandler(BadLink)
def bad_link(error: BadLink) -> ResponseReturnValue:
    return error_page(400, str(error))


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    form = RegisterForm(role=request.args.get("as", ""))
    if not form.validate_on_submit():
        return render("accounts/register.html", form=form, status=422 if form.errors else 200)
    now = clock.now()
    _count([(caller_key("register"), 20)], HOUR)
    usecases.register(
        db.session,
        form.email.data,
        form.name.data,
        form.password.data,
        Role(form.role.data),
        now,
    )
    db.session.commit()
    return redirect(url_for(".check_mail"), 303)


@blueprint.get("/register/sent")
def check_mail() -> ResponseReturnValue:
    return render("accounts/check_mail.html")


@blueprint.route("/account/confirmations/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    if request.method == "GET":
        _tokens().read_confirm(token)
        return render("accounts/confirm.html", token=token)
    now = clock.now()
    user = usecases.confirm_address(db.session, _tokens(), token, now)
    opened = usecases.open_session(db.session, user, request.user_agent.string, now)
    db.session.commit()
    begin_session(user, opened)
    flash("Your address is confirmed. Welcome.")
    return redirect(desk_url(user.role), 303)


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    form = LoginForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render("accounts/login.html", form=form, status=422 if form.errors else 200)
    who = (form.email.data or "").strip().lower()
    _count([(f"login:{queries.token_hash(who)[:24]}", 10), (caller_key("login"), 50)], FIVE_MINUTES)
    agent = request.user_agent.string
    try:
        user, token = usecases.sign_in(db.session, who, form.password.data, agent, clock.now())
    except Invalid as error:
        form.password.errors = [str(error)]
        return render("accounts/login.html", form=form, status=422)
    db.session.commit()
    if not token:
        return redirect(url_for(".check_mail"), 303)
    begin_session(user, token)
    return redirect(safe_next(form.next.data, desk_url(user.role)), 303)


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    if current_user.is_authenticated:
        usecases.sign_out(db.session, current_user.token)
        db.session.commit()
        logout_user()
    return redirect(url_for("pages.home"), 303)


@blueprint.route("/account/password/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render("accounts/forgotten.html", form=form, status=422 if form.errors else 200)
    try:
        _count([(f"reset:{queries.token_hash(form.email.data)[:24]}", 5)], ONE_DAY)
    except TooMany:
        return redirect(url_for(".check_mail"), 303)  # the same answer, and no letter
    usecases.ask_for_reset(db.session, form.email.data, clock.now())
    db.session.commit()
    return redirect(url_for(".check_mail"), 303)


@blueprint.route("/account/password/resets/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    user_id, mark = _tokens().read_reset(token)
    user = queries.by_id(db.session, user_id)
    if not still_fresh(user, mark):
        raise BadLink
    form = ResetForm(user.email)
    if not form.validate_on_submit():
        return render("accounts/reset.html", form=form, status=422 if form.errors else 200)
    usecases.reset_password(db.session, _tokens(), token, form.password.data, clock.now())
    db.session.commit()
    flash("Your password is changed. Sign in with it.")
    return redirect(url_for(".login"), 303)


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def settings() -> ResponseReturnValue:
    user = current_user.user
    form = ChangePasswordForm(user.email)
    now = clock.now()
    if form.validate_on_submit():
        try:
            usecases.change_password(db.session, user, form.current.data, form.password.data, now)
        except Invalid as error:
            form.current.errors = [str(error)]
        else:
            token = usecases.open_session(db.session, user, request.user_agent.string, now)
            db.session.commit()
            begin_session(user, token)
            flash("Your password is changed. Other browsers are signed out.")
            return redirect(url_for(".settings"), 303)
    sessions = queries.sessions_of(db.session, user.id, now)
    status = 422 if form.errors else 200
    return render("accounts/settings.html", form=form, sessions=sessions, status=status)


@blueprint.post("/account/sign-outs")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    usecases.sign_out_everywhere(db.session, current_user.id)
    db.session.commit()
    logout_user()
    flash("You are signed out everywhere.")
    return redirect(url_for(".login"), 303)


def _tokens() -> Tokens:
    tokens: Tokens = current_app.extensions["tokens"]
    return tokens


def _count(keys: list[tuple[str, int]], window: timedelta) -> None:
    """Count this attempt for good, also when what follows fails."""
    try:
        usecases.count_attempts(db.session, keys, window, clock.now())
    finally:
        db.session.commit()
