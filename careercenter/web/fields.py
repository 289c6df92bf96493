"""Fields that forms share, and the cleaning of what people type."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from careercenter.taxonomy.terms import Term

_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_JOINERS = "\u200c\u200d"  # belong to some scripts and to emoji


def clean(text: str | None) -> str:
    """One line: composed, without control or invisible characters, spaces folded."""
    return " ".join(clean_lines(text).split())


def clean_lines(text: str | None) -> str:
    """Several lines, cleaned alike; at most one blank line in a row."""
    composed = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(letter for letter in composed if letter in "\n\t" or _visible(letter))
    return _BLANK_LINES.sub("\n\n", _SPACES.sub(" ", kept)).strip()


def _visible(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")


def choices_of(terms: Mapping[str, Term], blank: str | None = None) -> list[SelectChoice]:
    """The terms of a vocabulary as choices; ``blank`` heads the list with an empty value."""
    head = [] if blank is None else [SelectChoice(value="", label=blank)]
    return head + [SelectChoice(value=slug, label=term.name) for slug, term in terms.items()]


class CheckboxesField(SelectMultipleField):
    """Any number of choices, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
