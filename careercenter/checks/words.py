"""Plain words and fair words, from a table that can be edited: data/words.tsv.

A hint is no verdict: a word may be right where it stands. What is quoted is not judged twice.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from careercenter.checks.models import Area, Rule, Severity, Step, Subject
from careercenter.reading.private import patient_data

LONG_SENTENCE = 40  # words
MOST_NAMED = 3

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")
_DUTIES = re.compile(
    r"dut(?:y|ies)|responsib|you(?:'ll| will)|what you|\bcodes?\b|\bcoding\b|review|audit|assign|"
    r"work(?:s|ing)? (?:on|with)|tasks?",
    re.IGNORECASE,
)
_HIRING = re.compile(r"interview|hire|hiring|appl(?:y|ication)|next step|hear from", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    pattern: re.Pattern[str]
    kind: str  # plain | fair
    better: str  # what to write instead, or why


def _table() -> tuple[Word, ...]:
    text = (files("careercenter.checks") / "data" / "words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple(
        Word(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), kind, better)
        for pattern, kind, better in rows
    )


WORDS = _table()


def _met(kind: str) -> Callable[[Subject], str]:
    def finds(subject: Subject) -> str:
        text = f"{subject.details.title}\n{subject.details.description}"
        named = [
            f"“{found[0]}”: {word.better}"
            for word in WORDS
            if word.kind == kind and (found := word.pattern.search(text))
        ]
        return "; ".join(named[:MOST_NAMED]) + "." if named else ""

    return finds


def _long_sentences(subject: Subject) -> str:
    text = subject.details.description
    parts = (part.split() for part in re.split(r"[.!?;:]\s|\n", text))
    longest = max((len(words) for words in parts), default=0)
    return f"One sentence has {longest} words. Make two of it." if longest > LONG_SENTENCE else ""


def _contact(subject: Subject) -> str:
    text = subject.details.description
    found = _MAIL.search(text) or _PHONE.search(text)
    return (
        f"Take “{found[0]}” out of the text: it draws spam, and coders apply here." if found else ""
    )


def _duties(subject: Subject) -> str:
    text = subject.details.description
    return "Say what the person does all day." if text and not _DUTIES.search(text) else ""


def _hiring(subject: Subject) -> str:
    text = subject.details.description
    return (
        "Say how you hire: steps, and when people hear."
        if text and not _HIRING.search(text)
        else ""
    )


def _patient_data(subject: Subject) -> str:
    return patient_data(subject.details.description)


TEXT = (Step.DESCRIPTION, "description")
RULES = (
    Rule(Area.WORDS, Severity.HINT, *TEXT, _met("plain")),
    Rule(Area.WORDS, Severity.MEND, *TEXT, _met("fair")),
    Rule(Area.WORDS, Severity.HINT, *TEXT, _long_sentences),
    Rule(Area.WORDS, Severity.MEND, *TEXT, _contact),
    Rule(Area.BOARD, Severity.MEND, *TEXT, _duties),
    Rule(Area.BOARD, Severity.HINT, *TEXT, _hiring),
    Rule(Area.BOARD, Severity.STOP, *TEXT, _patient_data),
)
