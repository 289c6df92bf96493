"""Claiming an organization, and deciding a claim."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careercenter.accounts.forms import email_field
from careercenter.claims.models import LONGEST_WORDS
from careercenter.employers.rights import ROLE_WORDS
from careercenter.web.fields import clean_lines


class ClaimForm(FlaskForm):
    email = email_field("Your address at work")
    words = TextAreaField("What you do there", [Length(max=LONGEST_WORDS)], filters=[clean_lines])


class ApprovalForm(FlaskForm):
    version = HiddenField()
    role = SelectField(
        "Role", choices=[SelectChoice(role.value, words) for role, words in ROLE_WORDS.items()]
    )


class RejectionForm(FlaskForm):
    version = HiddenField()
    answer = TextAreaField(
        "Words to the person",
        [DataRequired("Say why."), Length(max=LONGEST_WORDS)],
        filters=[clean_lines],
    )
