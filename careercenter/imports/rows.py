"""A row of a file as a posting: its cells, and what its text says where they say nothing."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from careercenter.drafting.prefill import FIELDS as FORM_FIELDS
from careercenter.drafting.prefill import details_of
from careercenter.imports.fields import FIELDS
from careercenter.imports.markdown import as_markdown
from careercenter.imports.models import LONGEST_ID, Values
from careercenter.postings.details import ApplyBy
from careercenter.postings.form_values import typed_values
from careercenter.postings.forms import PostingForm
from careercenter.postings.models import PostingDetails
from careercenter.reading.models import Topic
from careercenter.reading.reader import read
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.terms import Term
from careercenter.taxonomy.vocabularies import (
    CODING_TYPES,
    EMPLOYMENT_TYPES,
    PAY_UNITS,
    ROLES,
    SPECIALTIES,
    WORK_SETTINGS,
)

MOST_WORDS = 5  # about one row
LISTS: Mapping[str, Mapping[str, Term]] = {  # fields that hold several, and their words
    "coding_types": CODING_TYPES,
    "specialties": SPECIALTIES,
}
CHOICES: Mapping[str, Mapping[str, Term]] = {
    "role": ROLES,
    "setting": WORK_SETTINGS,
    "employment": EMPLOYMENT_TYPES,
    "pay_unit": PAY_UNITS,
}
ALSO = {  # as feeds from elsewhere say it
    "hourly": "hour",
    "hr": "hour",
    "annual": "year",
    "yearly": "year",
    "annually": "year",
    "peryearsalary": "year",
    "perhourwage": "hour",
    "fulltime": "full-time-w2",
    "parttime": "part-time-w2",
    "contract": "contract-1099",
    "perdiem": "prn-w2",
    "temporary": "temp-w2",
    "internship": "internship",
    "remote": "remote-us",
    "fullyremote": "remote-us",
    "hybridremote": "hybrid",
    "onsite": "onsite",
}
APPRENTICE = {  # may apprentices apply?
    **dict.fromkeys(("yes", "y", "true", "welcome"), "yes"),
    **dict.fromkeys(("no", "n", "false", "none"), "no"),
    **dict.fromkeys(("casebycase", "maybe"), "case-by-case"),
}
_PARTS = re.compile(r"\s*[;,|]\s*")


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def _known(terms: Mapping[str, Term]) -> Mapping[str, str]:
    """Name or slug, as a key → slug."""
    found = {_key(slug): slug for slug in terms}
    found |= {key: slug for key, slug in ALSO.items() if slug in terms}
    return found | {_key(term.name): slug for slug, term in terms.items()}


KNOWN = {name: _known(terms) for name, terms in {**LISTS, **CHOICES}.items()}

Typed = dict[str, Any]  # as the fields of the posting form hold it


@dataclass(frozen=True, slots=True)
class ReadRow:
    """``words`` say what is wrong; without any ``details`` hold a posting."""

    details: PostingDetails | None
    words: tuple[str, ...] = ()


def fields_of(values: Values, mapping: Values) -> Values:
    """Field → what the row says of it."""
    found = {name: values.get(column, "").strip() for name, column in mapping.items()}
    return {name: value for name, value in found.items() if value and name in FIELDS}


def external_id_of(values: Values, mapping: Values) -> str:
    return values.get(mapping.get("id", ""), "").strip()[:LONGEST_ID]


def digest_of(fields: Values, defaults: Values) -> str:
    """The same for the same words, whatever the columns are called."""
    return hashlib.sha256(json.dumps([fields, defaults], sort_keys=True).encode()).hexdigest()


class RowReader:
    """Reads one row after another with one form: to build it takes longer than to fill it."""

    def __init__(self, places: Places, today: date, defaults: Values) -> None:
        self._defaults = defaults
        self._form = PostingForm(places, today, formdata=None, meta={"csrf": False})

    def read(self, fields: Values) -> ReadRow:
        """Cells stand before what the text says, and that before the defaults."""
        description = as_markdown(fields.get("description", ""))
        reading = read("\n".join([*_lines(fields), "", description]))
        said = typed_values(details_of(reading))
        named = [name for fact in reading.facts for name in FORM_FIELDS[fact.topic]]
        typed = {name: _plain(said[name]) for name in named if name in said}
        if isinstance(place := reading.value(Topic.PLACE), str):
            typed["place"] = place
        typed |= {"title": fields.get("title", ""), "description": description}
        typed |= _cells(fields)
        unknown = list(_choose(typed, fields))
        for name, value in self._defaults.items():
            typed[name] = typed.get(name) or value
        self._form.process(_as_sent(typed))
        if not self._form.validate() or unknown:
            return ReadRow(None, (*_wrong(self._form.errors), *unknown)[:MOST_WORDS])
        return ReadRow(self._form.details())


def _lines(fields: Values) -> Iterator[str]:
    """What is said in cells, as an advertisement would say it."""
    for name, field in FIELDS.items():
        if field.says and name in fields:
            yield field.says.format(fields[name])


def _cells(fields: Values) -> Typed:
    """What cells say by themselves."""
    found: Typed = {"place": fields.get("place") or _place(fields)}
    for name in fields.keys() & {"pay_low", "pay_high"}:
        found[name] = fields[name].replace("$", "").strip()
    if "apply_url" in fields:
        found |= {"apply_by": ApplyBy.WEB.value, "apply_url": fields["apply_url"]}
    found["apprentice"] = APPRENTICE.get(_key(fields.get("apprentice", "")))
    found["closes_on"] = _plain(_day(fields.get("closes_on", "")))
    return {name: value for name, value in found.items() if value}


def _choose(typed: Typed, fields: Values) -> Iterator[str]:
    """Put in what cells choose of our words, and tell what is none of them."""
    for name in fields.keys() & KNOWN.keys():
        slugs, missing = _slugs(fields[name], name)
        if slugs:
            typed[name] = slugs if name in LISTS else slugs[0]
        yield from (f"{FIELDS[name].label}: we do not know “{word}”." for word in missing)


def _day(cell: str) -> date | None:
    """ "2026-12-31" or "12/31/2026", whatever stands behind it; what is no day is left out."""
    numbers = re.match(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", cell) or re.match(
        r"(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>\d{4})", cell
    )
    with suppress(ValueError):
        return date(**{k: int(v) for k, v in numbers.groupdict().items()}) if numbers else None
    return None


def _place(fields: Values) -> str:
    city = ", ".join(fields[name] for name in ("city", "state") if name in fields)
    return fields.get("zip") or (city if "city" in fields else "")


def _slugs(cell: str, name: str) -> tuple[list[str], list[str]]:
    """The slugs of what a field's cell names, and what is none we know."""
    known = KNOWN[name]
    parts = [cell] if _key(cell) in known else [part for part in _PARTS.split(cell) if part]
    found = [known[_key(part)] for part in parts if _key(part) in known]
    return list(dict.fromkeys(found)), [part for part in parts if _key(part) not in known]


def _wrong(errors: Mapping[str, Iterable[object]]) -> Iterator[str]:
    for found in errors.values():
        yield from map(str, found)


def _plain(value: object) -> object:
    """As text, or texts."""
    if isinstance(value, (list, tuple)):
        return [str(each) for each in value]
    return value if value is None or isinstance(value, (bool, str)) else str(value)


def _as_sent(typed: Typed) -> MultiDict[str, str]:
    """As a browser would send it."""
    sent: MultiDict[str, str] = MultiDict()
    for name, value in typed.items():
        if isinstance(value, list):
            sent.setlist(name, value)
        elif value not in (None, "", False):
            sent[name] = "y" if value is True else str(value)
    return sent
