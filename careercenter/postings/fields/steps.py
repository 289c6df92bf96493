"""What every part of the posting form shares: reading strictly, and writing on what is there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from careercenter.errors import Invalid
from careercenter.postings.models import PostingDetails
from careercenter.taxonomy.places import Places
from careercenter.web.fields import OneOfField, clean

Rule = Callable[[], None]


class StepForm(FlaskForm):
    """``places`` knows the country's ZIP codes and cities; ``today`` is the board's day;
    ``role`` is what another step said of the role.
    """

    version = HiddenField()

    def __init__(self, places: Places, today: date, role: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known_places, self.today, self._role = places, today, role

    @property
    def chosen_role(self) -> str:
        return self._role

    def rules(self) -> Iterator[Rule]:
        """Each raises ``Invalid``, which is shown beside the field that it names."""
        yield from ()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        super().validate(extra_validators)
        for rule in self.rules():
            try:
                rule()
            except Invalid as error:
                say(self[error.field or next(iter(self._fields))], str(error))
        return not self.errors

    def write(self, details: PostingDetails) -> PostingDetails:
        """``details`` with what was typed here. Only after ``validate``."""
        return details


def say(field: Field, message: str) -> None:
    field.errors = [*field.errors, message]


def once(field: Field) -> tuple[str, ...]:
    """The values that were chosen; one that was sent twice counts once."""
    return tuple(dict.fromkeys(field.data or ()))


def stated(label: str, choices: Mapping[Any, str], blank: str = "Not stated") -> OneOfField:
    """One of the choices, or nothing said."""
    named = [SelectChoice(value, text) for value, text in choices.items()]
    return OneOfField(label, choices=[SelectChoice("", blank), *named], default="")


def yes_no(label: str) -> OneOfField:
    return stated(label, {"yes": "Yes", "no": "No"})


def answered(field: Field) -> bool | None:
    """What was said to a question of ``yes_no``."""
    return {"yes": True, "no": False}.get(field.data or "")


def answer(said: bool | None) -> str:
    """The value of a question of ``yes_no``."""
    return "" if said is None else "yes" if said else "no"


def line_field(label: str, most: int) -> StringField:
    """A line that may stay empty, of ``most`` characters."""
    length = Length(max=most, message=f"Use at most {most} characters.")
    return StringField(label, [Optional(), length], filters=[clean])
