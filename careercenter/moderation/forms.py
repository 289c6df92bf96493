"""What a moderator says against a posting, and teaches the search."""

import re

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
from careercenter.listings.engine.text import fold, runs, tokens
from careercenter.listings.index import SETTINGS
from careercenter.moderation.models import REASON_TEXTS, Objection, Reason
from careercenter.taxonomy.vocabularies import SYNONYMS
from careercenter.web.fields import clean, clean_lines

LONGEST_WORDS = 2_000  # characters
SHORTEST_WORDS = 2  # letters that staff teach the search
_SPOKEN = re.compile(r"[^\W_][\w /&'’.+-]*")


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
        for words in found:
            _check_words(words)
            _check_pair(self.term.data or "", words)
        term = (self.term.data or "").lower()
        if found and set(found) <= set(SYNONYMS.get(term, ())):
            raise ValidationError("The search knows that already.")

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
    if not _SPOKEN.fullmatch(words):
        raise ValidationError(
            "Begin with a letter or digit and use only these, spaces and - / & ' . + in each:"
            " no quotation marks."
        )
    if len(words) < SHORTEST_WORDS or set(_runs(words)) <= SETTINGS.stop_words:
        raise ValidationError(f"“{words}” says too little to be searched for.")


def _check_pair(term: str, words: str) -> None:
    """What holds the term finds nothing that the term alone does not."""
    own, others = _runs(term), _runs(words)
    if own and any(others[n : n + len(own)] == own for n in range(len(others))):
        raise ValidationError(f"“{words}” holds the word itself and would find nothing more.")


def _runs(words: str) -> list[str]:
    """As the search cuts them."""
    return [run for token in tokens(fold(words)) for run in runs(token)]
