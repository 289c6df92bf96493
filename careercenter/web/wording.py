"""What WTForms says by itself, in plain words. A form that knows better says it itself."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_wtf import FlaskForm

_LIST = "Choose from the list."
_DAY = "Enter a day, like 2027-03-31."
_LONG, _SHORT = "Use at most %(max)d characters.", "Use at least %(min)d characters."

# The library's words (wtforms.validators and wtforms.fields, 3.2) → ours
PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "This field is required.": "Fill this in.",
        "Not a valid choice.": _LIST,
        "Invalid Choice: could not coerce.": _LIST,
        "Invalid choice(s): one or more data inputs could not be coerced.": _LIST,
        "'%(value)s' is not a valid choice for this field.": _LIST,
        "'%(value)s' are not valid choices for this field.": _LIST,
        "Field cannot be longer than %(max)d character.": "Use one character at most.",
        "Field cannot be longer than %(max)d characters.": _LONG,
        "Field must be at least %(min)d character long.": "Use one character at least.",
        "Field must be at least %(min)d characters long.": _SHORT,
        "Field must be between %(min)d and %(max)d characters long.": (
            "Use from %(min)d to %(max)d characters."
        ),
        "Not a valid integer value.": "Enter a whole number.",
        "Not a valid decimal value.": "Enter a number, like 8 or 12.5.",
        "Not a valid float value.": "Enter a number, like 8 or 12.5.",
        "Not a valid date value.": _DAY,
        "Not a valid datetime value.": "Enter a day and an hour, like 2027-03-31 09:00.",
        "Not a valid time value.": "Enter an hour, like 09:00.",
        "Number must be at least %(min)s.": "Enter %(min)s or more.",
        "Number must be at most %(max)s.": "Enter %(max)s or less.",
        "Number must be between %(min)s and %(max)s.": "Enter from %(min)s to %(max)s.",
        "Invalid input.": "Check this answer.",
    }
)


class PlainWords:
    def gettext(self, text: str) -> str:
        return PLAIN.get(text, text)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


def speak_plainly() -> None:
    """For every form: the library has no setting for it but a catalogue of translations."""
    FlaskForm.Meta.get_translations = lambda meta, form: PlainWords()
