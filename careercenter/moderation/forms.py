"""What a moderator says against a posting, and teaches the search."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from careercenter.insights.models import (
    LONGEST_TERM,
    MOST_EQUIVALENTS,
    MOST_WORDS,
    SynonymDetails,
)
from careercenter.moderation.models import REASON_TEXTS, Objection, Reason
from careercenter.web.fields import clean, clean_lines

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


class SynonymForm(FlaskForm):
    term = StringField(
        "Word or phrase", [DataRequired("Enter the word that people type.")], filters=[clean]
    )
    equivalents = StringField(
        "Means the same as",
        [DataRequired("Enter at least one word that listings use.")],
        filters=[clean],
    )
    both_ways = BooleanField("Both ways: each of these finds the others")

    def validate_term(self, field: Field) -> None:
        _check_words(field.data)

    def validate_equivalents(self, field: Field) -> None:
        found = _parts(field.data)
        if len(found) > MOST_EQUIVALENTS:
            raise ValidationError(f"Enter at most {MOST_EQUIVALENTS} of them.")
        if (self.term.data or "").lower() in found:
            raise ValidationError("A word need not stand for itself.")
        for words in found:
            _check_words(words)

    def details(self) -> SynonymDetails:
        return SynonymDetails(
            self.term.data.lower(), _parts(self.equivalents.data), self.both_ways.data
        )


def _parts(text: str) -> tuple[str, ...]:
    """The words between the commas, in lower case, each once."""
    return tuple(dict.fromkeys(part for part in map(clean, text.lower().split(",")) if part))


def _check_words(words: str) -> None:
    if len(words) > LONGEST_TERM or len(words.split()) > MOST_WORDS or "," in words:
        raise ValidationError(f"Use at most {MOST_WORDS} words and {LONGEST_TERM} characters each.")
    if not any(letter.isalnum() for letter in words):
        raise ValidationError("Use letters or digits.")
