"""Inviting somebody, and changing a role."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from careercenter.accounts.forms import email_field
from careercenter.employers.rights import ROLE_WORDS, MemberRole

ROLES = [SelectChoice(role.value, words) for role, words in ROLE_WORDS.items()]


def role_field() -> SelectField:
    return SelectField("Role", choices=ROLES, default=MemberRole.RECRUITER.value)


class InvitationForm(FlaskForm):
    email = email_field()
    role = role_field()


class RoleForm(FlaskForm):
    version = HiddenField()
    role = role_field()
