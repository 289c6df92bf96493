"""What staff types about a field."""

import re
from decimal import Decimal
from typing import Any

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
from wtforms.validators import DataRequired, Length, Optional

from careercenter.custom_fields.models import (
    KIND_WORDS,
    LONGEST_CHOICE,
    LONGEST_HINT,
    LONGEST_LABEL,
    MOST_CHOICES,
    WITH_CHOICES,
    AskedField,
    FieldKind,
    FieldWords,
)
from careercenter.web.fields import NumberField, clean, clean_lines

KEY = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")


class FigureField(NumberField):
    pattern = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,2})?)")
    hint = "Enter a number, like 8, 12.5 or -3."


class WordsForm(FlaskForm):
    """Of a field whose kind is known."""

    version = HiddenField()
    label = StringField(
        "Label",
        [
            DataRequired("Say what is asked."),
            Length(max=LONGEST_LABEL, message=f"Use at most {LONGEST_LABEL} characters."),
        ],
        filters=[clean],
    )
    hint = StringField(
        "Hint",
        [Optional(), Length(max=LONGEST_HINT, message=f"Use at most {LONGEST_HINT} characters.")],
        filters=[clean],
    )
    choices = TextAreaField("Choices", filters=[clean_lines])
    least = FigureField("Least", [Optional()])
    most = FigureField("Most", [Optional()])
    required = BooleanField("Every posting must answer")

    def __init__(self, kind: FieldKind | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._kind = kind

    @property
    def chosen_kind(self) -> FieldKind | None:
        return self._kind

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for line in map(clean, (self.choices.data or "").split("\n")) if line)

    def validate_choices(self, field: Field) -> None:
        if self.chosen_kind not in WITH_CHOICES:
            return
        if not 2 <= len(self.lines) <= MOST_CHOICES:
            raise ValidationError(f"Enter from 2 to {MOST_CHOICES} choices, one a line.")
        if len(set(self.lines)) < len(self.lines):
            raise ValidationError("Enter each choice once.")
        if any(len(line) > LONGEST_CHOICE for line in self.lines):
            raise ValidationError(f"Use at most {LONGEST_CHOICE} characters for a choice.")

    def validate_most(self, field: Field) -> None:
        least, most = self.least.number, self.most.number
        if least is not None and most is not None and most < least:
            raise ValidationError("Enter a number that is not below the least.")

    def words(self) -> FieldWords:
        """What was typed; what the kind has no use for is left out. Only after ``validate``."""
        counts = self.chosen_kind is FieldKind.NUMBER
        return FieldWords(
            label=self.label.data,
            hint=self.hint.data,
            choices=self.lines if self.chosen_kind in WITH_CHOICES else (),
            least=self.least.number if counts else None,
            most=self.most.number if counts else None,
            required=bool(self.required.data),
        )


class NewFieldForm(WordsForm):
    key = StringField("Key", [DataRequired("Enter a key.")], filters=[clean])
    kind = RadioField(
        "Kind",
        choices=[SelectChoice(kind.value, words) for kind, words in KIND_WORDS.items()],
        default=FieldKind.TEXT.value,
    )

    @property
    def chosen_kind(self) -> FieldKind | None:
        return FieldKind(self.kind.data) if self.kind.data in set(FieldKind) else None

    def validate_key(self, field: Field) -> None:
        if not KEY.fullmatch(field.data):
            raise ValidationError("Use 3 to 40 small letters, figures and “-”, a letter first.")

    def new(self) -> AskedField:
        return AskedField(self.key.data, FieldKind(self.kind.data), self.words())


def words_form(kind: FieldKind, words: FieldWords) -> WordsForm:
    """Filled with what the field says, where nothing was sent."""
    return WordsForm(
        kind,
        data={
            "label": words.label,
            "hint": words.hint,
            "choices": "\n".join(words.choices),
            "least": _figure(words.least),
            "most": _figure(words.most),
            "required": words.required,
        },
    )


def _figure(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
