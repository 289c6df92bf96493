"""What this board asks beside the rest: fields that staff defines."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from careercenter.custom_fields.forms import FigureField
from careercenter.custom_fields.models import LONGEST_LINE, LONGEST_TEXT, AskedField, FieldKind
from careercenter.postings.details import Custom, CustomAnswer, PostingDetails
from careercenter.postings.fields.steps import StepForm, once
from careercenter.reading.private import patient_data
from careercenter.web.fields import CheckboxesField, OneOfField, clean, clean_lines

YES_NO = ("Yes", "No")


class CustomForm(StepForm):
    asked: tuple[AskedField, ...] = ()

    def write(self, details: PostingDetails) -> PostingDetails:
        said = ((one, _said(self[one.name])) for one in self.asked)
        answers = (CustomAnswer(one.key, one.words.label, values) for one, values in said if values)
        return replace(details, custom=Custom(tuple(answers)))


def made_of(asked: tuple[AskedField, ...]) -> dict[str, object]:
    """The attributes of a form with these fields."""
    return {"asked": asked, **{one.name: _field(one) for one in asked}}


def custom_values(details: PostingDetails, asked: tuple[AskedField, ...]) -> Mapping[str, object]:
    """What the posting answers, as the fields that are asked now hold it."""
    given = {answer.key: answer.values for answer in details.custom.answers}
    return {
        one.name: given[one.key] if one.kind is FieldKind.MANY else given[one.key][0]
        for one in asked
        if one.key in given
    }


def _field(asked: AskedField) -> Field:
    """An unbound one."""
    kind, words = asked.kind, asked.words
    must = DataRequired("Answer this.") if words.required else Optional()
    base = {"label": words.label, "description": words.hint}
    if kind is FieldKind.MANY:
        named = [SelectChoice(text, text) for text in words.choices]
        return CheckboxesField(validators=[must], choices=named, **base)
    if kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
        texts = words.choices if kind is FieldKind.CHOICE else YES_NO
        named = [SelectChoice("", "Not stated"), *(SelectChoice(text, text) for text in texts)]
        return OneOfField(validators=[must], choices=named, default="", **base)
    if kind is FieldKind.NUMBER:
        return FigureField(validators=[must, _bounds(asked)], **base)
    return _text_field(asked, must, base)


def _text_field(asked: AskedField, must: object, base: dict[str, str]) -> Field:
    long = asked.kind is FieldKind.LONG
    most = LONGEST_TEXT if long else LONGEST_LINE
    length = Length(max=most, message=f"Use at most {most:,} characters.")
    made, cleaned = (TextAreaField, clean_lines) if long else (StringField, clean)
    return made(validators=[must, length, _no_patients], filters=[cleaned], **base)


def _bounds(asked: AskedField) -> Callable[[StepForm, FigureField], None]:
    least, most = asked.words.least, asked.words.most

    def check(form: StepForm, field: FigureField) -> None:
        number = field.number
        if number is not None and least is not None and number < least:
            raise ValidationError(f"Enter {least.normalize():,f} or more.")
        if number is not None and most is not None and number > most:
            raise ValidationError(f"Enter {most.normalize():,f} or less.")

    return check


def _no_patients(form: StepForm, field: Field) -> None:
    if words := patient_data(field.data):
        raise ValidationError(words)


def _said(field: Field) -> tuple[str, ...]:
    if isinstance(field, CheckboxesField):
        return once(field)
    return (str(field.data),) if field.data else ()
