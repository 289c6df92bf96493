"""A posting's first words, and who hires."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from careercenter.accounts.forms import email_field
from careercenter.guests.models import LONGEST_TEXT, LONGEST_TITLE, Hirer
from careercenter.taxonomy.vocabularies import EMPLOYER_KINDS
from careercenter.web.fields import choices_of, clean, clean_lines, no_address


class WordsForm(FlaskForm):
    version = HiddenField()
    title = StringField(
        "Job title",
        [DataRequired("Enter the job title."), Length(max=LONGEST_TITLE), no_address],
        filters=[clean],
    )
    text = TextAreaField(
        "The advertisement, or a few notes", [Length(max=LONGEST_TEXT)], filters=[clean_lines]
    )


class HirerForm(FlaskForm):
    version = HiddenField()
    organization = StringField(
        "Organization",
        [DataRequired("Enter the organization's name."), Length(max=100)],
        filters=[clean],
        render_kw={"autocomplete": "organization"},
    )
    kind = SelectField(
        "Kind of organization",
        [DataRequired("Choose a kind.")],
        choices=choices_of(EMPLOYER_KINDS, blank="Choose one"),
    )
    email = email_field("Your address at work")

    def hirer(self) -> Hirer:
        return Hirer(self.organization.data, self.kind.data, self.email.data)
