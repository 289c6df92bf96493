"""The fields that a column may hold, and the headings by which they are known."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ImportField:
    """``headings``: as tables from elsewhere call it. ``says``: how it reads in an advertisement,
    for what is read like a pasted text.
    """

    name: str
    label: str
    headings: tuple[str, ...] = ()
    says: str = ""


_ALL = (
    ImportField("id", "Your number for it", ("id", "external id", "reference", "req id", "job id")),
    ImportField("title", "Job title", ("title", "job title", "position")),
    ImportField("description", "Description", ("description", "job description", "text", "body")),
    ImportField("role", "Role", ("role",)),
    ImportField("coding_types", "Coding types", ("coding type", "coding types")),
    ImportField("specialties", "Specialties", ("specialty", "specialties")),
    ImportField("software", "Software", ("software", "systems", "encoder"), "Software: {}"),
    ImportField(
        "required",
        "Credentials required",
        ("credentials", "required credentials", "certifications", "certification"),
        "Required: {}",
    ),
    ImportField("preferred", "Credentials preferred", ("preferred credentials",), "Preferred: {}"),
    ImportField("years", "Years of experience", ("years", "experience"), "{} years of experience"),
    ImportField("apprentice", "Apprentices", ("apprentice", "apprentices"), "Apprentices: {}"),
    ImportField("setting", "Work setting", ("setting", "work setting", "remote", "workplace")),
    ImportField("place", "Place", ("place", "location", "city and state")),
    ImportField("city", "City", ("city",)),
    ImportField("state", "State", ("state", "region")),
    ImportField("zip", "ZIP code", ("zip", "zip code", "postal code", "postalcode")),
    ImportField(
        "states",
        "States one may live in",
        ("states", "states allowed", "eligible states"),
        "Must live in {}",
    ),
    ImportField("employment", "Employment", ("employment", "employment type", "job type", "type")),
    ImportField("shift", "Shift", ("shift", "schedule"), "Shift: {}"),
    ImportField("pay", "Pay in words", ("pay", "salary", "compensation", "pay range"), "Pay: {}"),
    ImportField("pay_low", "Lowest pay", ("pay low", "pay min", "min pay", "salary min")),
    ImportField("pay_high", "Highest pay", ("pay high", "pay max", "max pay", "salary max")),
    ImportField("pay_unit", "Paid by", ("pay unit", "pay period", "salary unit", "interval")),
    ImportField("openings", "Openings", ("openings", "headcount"), "{} openings"),
    ImportField("closes_on", "Closing date", ("closing date", "closes on", "deadline", "expires")),
    ImportField("apply_url", "Address to apply at", ("url", "apply url", "apply link", "link")),
)
FIELDS: Mapping[str, ImportField] = MappingProxyType({field.name: field for field in _ALL})
NEEDED = ("id", "title", "description")


def guess_mapping(columns: Iterable[str]) -> dict[str, str]:
    """Field → column, where a heading is one of those that we know."""
    known = {_plain(column): column for column in columns}
    found: dict[str, str] = {}
    for field in _ALL:
        names = (field.name, field.label, *field.headings)
        column = next((known[n] for name in names if (n := _plain(name)) in known), None)
        if column is not None and column not in found.values():
            found[field.name] = column
    return found


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z]+", "", heading.lower())
