"""An address, a document, and what staff say to a document."""

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careercenter.accounts.forms import email_field
from careercenter.candidates.forms import CHOOSE, ResumeField
from careercenter.verification.models import DOCUMENT_WORDS, LONGEST_WORDS
from careercenter.web.fields import clean_lines

ACCEPTED = "PDF or Word (.docx), at most 5\N{NO-BREAK SPACE}MB"


class AddressForm(FlaskForm):
    email = email_field("Address at your domain")


class DocumentForm(FlaskForm):
    kind = SelectField(
        "What it is", choices=[SelectChoice(k.value, words) for k, words in DOCUMENT_WORDS.items()]
    )
    file = ResumeField("File", description=f"{ACCEPTED}. Only staff read it.")

    def validate_file(self, field: Field) -> None:
        if not field.given:
            raise ValidationError(CHOOSE)


class RefusalForm(FlaskForm):
    words = TextAreaField(
        "Words to the employer",
        [DataRequired("Say what is missing."), Length(max=LONGEST_WORDS)],
        filters=[clean_lines],
    )
