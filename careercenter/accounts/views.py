"""Pages to register, confirm, sign in and out, and to look after one's account."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from careercenter import clock
from careercenter.accounts import passwords, queries, usecases
from careercenter.accounts.access import begin_session, caller_key, desk_url, safe_next, signed_in
from careercenter.accounts.forms import (
    ChangePasswordForm,
    ForgottenForm,
    JoinForm,
    LoginForm,
    ProofForm,
    RegisterForm,
    ResetForm,
)
from careercenter.accounts.models import Role, User
from careercenter.accounts.tokens import BadLink, Tokens, still_fresh
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.web.errors import error_page
from careercenter.web.rendering import render

blueprint = Blueprint("accounts", __name__)

FIVE_MINUTES = timedelta(minutes=5)
HOUR = timedelta(hours=1)


@blueprint.app_errorhandler(BadLink)
def bad_link(error: BadLink) -> ResponseReturnValue:
    return error_page(400, str(error))


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    form = RegisterForm(role=request.args.get("as", ""))
    if wanted := safe_next(request.args.get("next"), ""):
        session["next"] = wanted  # for the browser that confirms, if it is this one
    if not form.validate_on_submit():
        return render("accounts/register.html", form=form, status=422 if form.errors else 200)
    _count([(caller_key("register"), 20)], HOUR)
    role, now = Role(form.role.data), clock.now()
    usecases.register(db.session, form.email.data, form.name.data, role, now)
    db.session.commit()
    return redirect(url_for(".check_mail"), 303)


@blueprint.get("/register/sent")
def check_mail() -> ResponseReturnValue:
    return render("accounts/check_mail.html")


@blueprint.route("/account/confirmations/<token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Whoever opens the link chooses the password."""
    user = queries.by_id(db.session, _tokens().read_confirm(token)[0])
    if user.taken:
        return _confirmed_already()
    form = JoinForm(user.email, name=user.name)
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render("accounts/confirm.html", user=user, form=form, status=status)
    db.session.commit()  # hashing takes long: nothing is locked meanwhile
    hashed, now = passwords.hash_password(form.password.data), clock.now()
    user = usecases.confirm_address(db.session, _tokens(), token, form.name.data, hashed, now)
    opened = usecases.open_session(db.session, user, request.user_agent.string, now)
    db.session.commit()
    wanted = session.get("next", "")
    begin_session(user, opened)
    flash("Your address is confirmed. Welcome.")
    return redirect(wanted or desk_url(user.role), 303)


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    form = LoginForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render("accounts/login.html", form=form, status=422 if form.errors else 200)
    who = (form.email.data or "").strip().lower()
    _count([(f"login:{queries.token_hash(who)[:24]}", 10), (caller_key("login"), 50)], FIVE_MINUTES)
    agent = request.user_agent.string
    proved = _proved(queries.password_hash_of(db.session, who), form.password.data)
    try:
        user, token = usecases.sign_in(db.session, who, proved, agent, clock.now())
    except Invalid as error:
        form.password.errors = [str(error)]
        return render("accounts/login.html", form=form, status=422)
    db.session.commit()
    begin_session(user, token)
    return redirect(safe_next(form.next.data, desk_url(user.role)), 303)


@blueprint.route("/account/proofs", methods=["GET", "POST"])
@signed_in
def prove() -> ResponseReturnValue:
    """The password once more, before something that cannot be undone."""
    form, person = ProofForm(next=request.args.get("next", "")), current_user.user
    if not form.validate_on_submit():
        return render("accounts/prove.html", form=form, status=422 if form.errors else 200)
    user_id, desk = person.id, desk_url(person.role)
    _count([(f"login:{queries.token_hash(person.email)[:24]}", 10)], FIVE_MINUTES)
    proved = _proved(person.password_hash, form.password.data)
    try:
        usecases.prove(db.session, current_user.token, user_id, proved, clock.now())
    except Invalid as error:
        form.password.errors = [str(error)]
        return render("accounts/prove.html", form=form, status=422)
    db.session.commit()
    return redirect(safe_next(form.next.data, desk), 303)


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
    _count([(caller_key("reset"), 20)], HOUR)
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
    db.session.commit()  # judging and hashing take long: nothing is locked meanwhile
    if not form.validate_on_submit():
        return render("accounts/reset.html", form=form, status=422 if form.errors else 200)
    hashed = passwords.hash_password(form.password.data)
    usecases.reset_password(db.session, _tokens(), token, hashed, clock.now())
    db.session.commit()
    flash("Your password is changed. Sign in with it.")
    return redirect(url_for(".login"), 303)


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def settings() -> ResponseReturnValue:
    form = ChangePasswordForm(current_user.user.email)
    if form.validate_on_submit():
        try:
            return _change_password(current_user.user, form)
        except Invalid as error:
            form.current.errors = [str(error)]
    return render(
        "accounts/settings.html",
        form=form,
        sessions=queries.sessions_of(db.session, current_user.id, clock.now()),
        here=queries.token_hash(current_user.token),
        status=422 if form.errors else 200,
    )


@blueprint.post("/account/sign-outs")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    usecases.sign_out_everywhere(db.session, current_user.id)
    db.session.commit()
    logout_user()
    flash("You are signed out everywhere.")
    return redirect(url_for(".login"), 303)


def _confirmed_already() -> ResponseReturnValue:
    if request.method != "GET":
        raise BadLink
    flash("Your address is confirmed already. Sign in.")
    return redirect(url_for(".login"))


def _change_password(user: User, form: ChangePasswordForm) -> ResponseReturnValue:
    user_id, now = user.id, clock.now()
    proved = _proved(user.password_hash, form.current.data)
    hashed = passwords.hash_password(form.password.data)
    changed = usecases.change_password(db.session, user_id, proved, hashed, now)
    token = usecases.open_session(db.session, changed, request.user_agent.string, now)
    db.session.commit()
    begin_session(changed, token)
    flash("Your password is changed. Other browsers are signed out.")
    return redirect(url_for(".settings"), 303)


def _proved(password_hash: str | None, password: str) -> str | None:
    """The hash, if the password matches it. That takes long: nothing is locked meanwhile."""
    db.session.commit()
    return password_hash if passwords.matches(password_hash, password) else None


def _tokens() -> Tokens:
    tokens: Tokens = current_app.extensions["tokens"]
    return tokens


def _count(keys: list[tuple[str, int]], window: timedelta) -> None:
    """Count this attempt for good, also when what follows fails."""
    try:
        usecases.count_attempts(db.session, keys, window, clock.now())
    finally:
        db.session.commit()
