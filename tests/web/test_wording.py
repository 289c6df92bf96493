"""What the library of forms says by itself is said in our words."""

import inspect

import pytest
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, fields, validators
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange

from careercenter.web.wording import PLAIN


class Odd(FlaskForm):
    name = StringField("Name", [Length(max=5)])
    other = StringField("Other", [DataRequired()])
    kind = SelectField("Kind", choices=[SelectChoice("a", "A")])
    kinds = SelectMultipleField("Kinds", choices=[SelectChoice("a", "A")])
    count = IntegerField("Count", [NumberRange(1, 9)])


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "x" * 6, "Use at most 5 characters."),
        ("other", "", "Fill this in."),
        ("kind", "b", "Choose from the list."),
        ("kinds", "b", "Choose from the list."),
        ("count", "x", "Enter a whole number."),
        ("count", "10", "Enter from 1 to 9."),
    ],
)
def test_each_refusal_says_what_to_do(app, field, typed, says):
    with app.test_request_context(method="POST"):
        form = Odd(MultiDict({field: typed}))
        form.validate()
        assert form[field].errors[0] == says


def test_the_words_that_are_replaced_are_the_librarys():
    source = inspect.getsource(validators) + "".join(
        inspect.getsource(module)
        for module in (fields.choices, fields.numeric, fields.datetime, fields.core)
    )
    assert [words for words in PLAIN if words not in source] == []
