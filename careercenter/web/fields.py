"""Fields that forms share, and the cleaning of what people type."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from careercenter.taxonomy import vocabularies
from careercenter.taxonomy.terms import Credential, Term

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_ADDRESS = re.compile(
    r"://|\bwww\.|\S@\S|[\w-]\.(?:com|net|org|edu|gov|info|biz|io|co|me|us|ai|app|dev|xyz|top|site|online|"
    r"shop|link|click|live|ru|cn|tk|test|example)\b",
    re.IGNORECASE,
)
_JOINERS = "\u200c\u200d"  # belong to some scripts and to emoji


def clean(text: str | None) -> str:
    """One line: composed, without control or invisible characters, spaces folded."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str | None) -> str:
    """Several lines, cleaned alike; at most one blank line in a row."""
    composed = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n").replace("\r", "\n"))
    hidden = [ord(letter) for letter in {*composed} - {"\n", "\t"} if not _visible(letter)]
    kept = composed.translate(dict.fromkeys(hidden)) if hidden else composed
    return _BLANK_LINES.sub("\n\n", _SPACES.sub(" ", kept)).strip()


def no_address(form: FlaskForm, field: Field) -> None:
    """For words that stand in letters to people who did not ask: they carry nobody's links."""
    if _ADDRESS.search(field.data or ""):
        raise ValidationError("Leave out web and email addresses.")


def _visible(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")


def choices_of(terms: Mapping[str, Term], blank: str | None = None) -> list[SelectChoice]:
    """The terms of a vocabulary as choices; ``blank`` heads the list with an empty value."""
    head = [] if blank is None else [SelectChoice(value="", label=blank)]
    return head + [SelectChoice(value=slug, label=term.name) for slug, term in terms.items()]


class OneOfField(SelectField):
    """One of choices that stay as they are: told by their values, for forms that read thousands."""

    @cached_property
    def values(self) -> frozenset[str]:
        return frozenset(choice.value for choice in self.choices)

    def pre_validate(self, form: FlaskForm) -> None:
        if self.data not in self.values:
            raise ValidationError("Not a valid choice.")


class CheckboxesField(SelectMultipleField):
    """Any number of choices that stay as they are, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)

    @cached_property
    def values(self) -> frozenset[str]:
        return frozenset(choice.value for choice in self.choices)

    def pre_validate(self, form: FlaskForm) -> None:
        if not self.values.issuperset(self.data or ()):
            super().pre_validate(form)  # it says which


class NumberField(StringField):
    """A number as people type it, "8" or "12.5"; what was typed is kept when it is refused."""

    pattern = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?)")
    hint = "Enter a number, like 8 or 12.5."

    def __init__(self, label: str, validators: Any = None, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "maxlength": 20}
        super().__init__(label, validators, filters=[clean], render_kw=attributes, **kwargs)

    @property
    def number(self) -> Decimal | None:
        found = self.pattern.fullmatch(self.data or "")
        return Decimal(found[1].replace(",", "")) if found else None

    def pre_validate(self, form: FlaskForm) -> None:
        if self.data and self.number is None:
            raise StopValidation(self.hint)


class DollarsField(NumberField):
    """Dollars, never as a float: "24", "$24.50", ".92", "52,000"."""

    pattern = re.compile(
        r"\$? ?((?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})(?:\.[0-9]{1,2})?|\.[0-9]{1,2})"
    )
    hint = "Enter dollars, like 24, 24.50 or 52,000."

    @property
    def cents(self) -> int | None:
        return None if self.number is None else int(self.number * 100)


def typed_dollars(cents: int | None) -> str:
    """Cents as a ``DollarsField`` shows them."""
    if cents is None:
        return ""
    return f"{cents / 100:,.2f}" if cents % 100 else f"{cents // 100:,}"


class DayField(DateField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Enter a day, like 2027-03-31.") from error


class WholeField(IntegerField):
    """A whole number of something, or nothing."""

    what: str

    def __init__(self, label: str, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, render_kw={"inputmode": "numeric"}, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = [text.strip() for text in valuelist if text.strip()]
        if any(not re.fullmatch("[0-9]{1,3}", text) for text in typed):
            raise ValueError(f"Enter whole {self.what}, like 6.")
        self.data = None  # what stood there before is gone when nothing is typed
        super().process_formdata(typed)


class MonthsField(WholeField):
    what = "months"


class YearsField(WholeField):
    what = "years"


class CountField(WholeField):
    """From ``low`` to ``high`` of something, or nothing."""

    def __init__(self, label: str, what: str, low: int, high: int, **kwargs: Any) -> None:
        self.what = what
        bounds = NumberRange(low, high, f"Enter from {low} to {high} {what}.")
        super().__init__(label, [Optional(), bounds], **kwargs)


def grouped(choices: Iterable[tuple[str, str, str]]) -> list[SelectChoice]:
    """From (group, value, label); the groups in the order in which they come first."""
    rows = list(choices)
    order = list(dict.fromkeys(group for group, _, _ in rows))
    rows.sort(key=lambda row: order.index(row[0]))
    return [SelectChoice(value, label, optgroup=group) for group, value, label in rows]


def _credential_group(credential: Credential) -> str:
    if credential.slug in COMMON:
        return "Common"
    if credential.family == "aapc-specialty":
        return "AAPC, specialties"
    return {"aapc": "AAPC, further", "ahima": "AHIMA, further"}.get(credential.issuer, "Others")


def _specialty_group(slug: str) -> str:
    widest = vocabularies.specialty_with_parents(slug)[-1]
    return vocabularies.SPECIALTY_GROUPS[vocabularies.SPECIALTIES[widest].parent].name


COMMON = frozenset(
    {"cpc", "ccs", "ccs-p", "coc", "cic", "crc", "rhit", "rhia", "cpc-a", "cca", "cpma", "ccds"}
)
CREDENTIALS = grouped(
    (_credential_group(credential), slug, credential.abbr)
    for slug, credential in vocabularies.PICKABLE_CREDENTIALS.items()
)
SPECIALTIES = grouped(
    (_specialty_group(slug), slug, term.name) for slug, term in vocabularies.SPECIALTIES.items()
)
STATES = grouped(
    (state.region, code, state.name)
    for code, state in vocabularies.STATES.items()
    if state.kind != "armed-forces"
)
