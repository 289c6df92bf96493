"""What a moderator says against a posting."""

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from careercenter.moderation.models import REASON_TEXTS, Objection, Reason
from careercenter.web.fields import clean_lines

LONGEST_WORDS = 2_000  # characters


class ObjectionForm(FlaskForm):
    version = HiddenField()
    reason = RadioField(
        "Reason",
        [InputRequired("Choose a reason.")],
        choices=[SelectChoice(reason.value, text) for reason, text in REASON_TEXTS.items()],
    )
    words = TextAreaField(
        "Words to the employer",
        [Length(max=LONGEST_WORDS, message=f"Use at most {LONGEST_WORDS:,} characters.")],
        filters=[clean_lines],
    )

    def validate_words(self, field: Field) -> None:
        if self.reason.data == Reason.OTHER and not field.data:
            raise ValidationError("Explain the reason in a sentence or two.")

    def objection(self) -> Objection:
        return Objection(Reason(self.reason.data), self.words.data)
