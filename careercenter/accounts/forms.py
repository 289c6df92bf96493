"""What people type to register, sign in and change their password."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careercenter.accounts import passwords
from careercenter.accounts.models import Role
from careercenter.errors import Invalid
from careercenter.web.fields import clean, no_address

LONGEST_LOCAL_PART = 64


def email_address(form: FlaskForm, field: Field) -> None:
    """An address that could exist. No name server is asked."""
    try:
        checked = validate_email(field.data or "", check_deliverability=False)
    except EmailNotValidError as error:
        raise ValidationError("Enter an email address, like name@example.com.") from error
    if len(checked.local_part or "") > LONGEST_LOCAL_PART:
        raise ValidationError("Enter an email address, like name@example.com.")
    field.data = checked.normalized.lower()


def email_field(label: str = "Email") -> StringField:
    return StringField(
        label,
        [DataRequired("Enter your email address."), Length(max=254), email_address],
        render_kw={"type": "email", "autocomplete": "email"},
    )


def name_field() -> StringField:
    """It stands in letters to addresses that are not proved yet."""
    return StringField(
        "Your name",
        [DataRequired("Enter your name."), Length(max=80), no_address],
        filters=[clean],
        render_kw={"autocomplete": "name"},
    )


def new_password_field(label: str = "Password") -> PasswordField:
    return PasswordField(
        label, [DataRequired("Choose a password.")], render_kw={"autocomplete": "new-password"}
    )


class NewPassword(FlaskForm):
    """The rule of a new password, beside its field."""

    def judge(self, field: Field, email: str) -> None:
        try:
            passwords.check_strength(field.data or "", email)
        except Invalid as error:
            raise ValidationError(str(error)) from error


class RegisterForm(FlaskForm):
    role = RadioField(
        "I want to",
        [DataRequired("Choose one.")],
        choices=[
            SelectChoice(value=Role.CANDIDATE.value, label="Find work"),
            SelectChoice(value=Role.EMPLOYER.value, label="Hire coders"),
        ],
    )
    name = name_field()
    email = email_field()


class JoinForm(NewPassword):
    """An account for an address that a mailed link has proved."""

    name = name_field()
    password = new_password_field()

    def __init__(self, address: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._address = address

    def validate_password(self, field: Field) -> None:
        self.judge(field, self._address)


class LoginForm(FlaskForm):
    email = StringField(
        "Email",
        [DataRequired("Enter your email address."), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        [DataRequired("Enter your password.")],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()

    def validate_password(self, field: Field) -> None:
        if len(field.data) > passwords.LONGEST:
            raise ValidationError(f"Use at most {passwords.LONGEST} characters.")


class ProofForm(FlaskForm):
    password = PasswordField(
        "Password",
        [DataRequired("Enter your password."), Length(max=passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class ForgottenForm(FlaskForm):
    email = email_field()


class ResetForm(NewPassword):
    password = new_password_field("New password")

    def __init__(self, address: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._address = address

    def validate_password(self, field: Field) -> None:
        self.judge(field, self._address)


class ChangePasswordForm(ResetForm):
    current = PasswordField(
        "Current password",
        [DataRequired("Enter your current password.")],
        render_kw={"autocomplete": "current-password"},
    )
