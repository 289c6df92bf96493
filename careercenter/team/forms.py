"""Inviting somebody, changing a role, and registering by an invitation."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careercenter.accounts.forms import NewPassword, email_field, new_password_field
from careercenter.employers.rights import ROLE_WORDS, MemberRole
from careercenter.web.fields import clean

ROLES = [SelectChoice(role.value, words) for role, words in ROLE_WORDS.items()]


def role_field() -> SelectField:
    return SelectField("Role", choices=ROLES, default=MemberRole.RECRUITER.value)


class InvitationForm(FlaskForm):
    email = email_field()
    role = role_field()


class RoleForm(FlaskForm):
    version = HiddenField()
    role = role_field()


class JoinForm(NewPassword):
    """An account for an address that a mailed link has proved."""

    name: StringField = StringField(
        "Your name",
        [DataRequired("Enter your name."), Length(max=80)],
        filters=[clean],
        render_kw={"autocomplete": "name"},
    )
    password: PasswordField = new_password_field()

    def __init__(self, address: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._address = address

    def validate_password(self, field: Field) -> None:
        self.judge(field, self._address)
