"""The letters about accounts, and the daily tidying."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts import queries
from careercenter.accounts.tokens import Tokens
from careercenter.mail import Builder, Letter


def letters(tokens: Tokens) -> dict[str, Builder]:
    def confirm_address(session: Session, user_id: str, now: datetime) -> Letter | None:
        user = queries.by_id(session, user_id)
        if user.confirmed:
            return None
        context = {"name": user.name, "token": tokens.confirm(user)}
        return Letter(user.email, "Confirm your email address", "confirm_address", context)

    def reset_password(session: Session, user_id: str, now: datetime) -> Letter:
        user = queries.by_id(session, user_id)
        context = {"name": user.name, "token": tokens.reset(user)}
        return Letter(user.email, "Choose a new password", "reset_password", context)

    return {
        "confirm_address": confirm_address,
        "reset_password": reset_password,
        "already_registered": already_registered,
        "password_changed": password_changed,
    }


def already_registered(session: Session, user_id: str, now: datetime) -> Letter:
    user = queries.by_id(session, user_id)
    context = {"name": user.name}
    return Letter(user.email, "You already have an account", "already_registered", context)


def password_changed(session: Session, user_id: str, now: datetime) -> Letter:
    user = queries.by_id(session, user_id)
    context = {"name": user.name}
    return Letter(user.email, "Your password was changed", "password_changed", context)
