"""What was read in a pasted text, as fields of the form hold it, each with the words it was in."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from careercenter.drafting.forms import TEMPLATE, TEXT, StartForm
from careercenter.drafting.models import Values
from careercenter.drafting.starters import TEMPLATES
from careercenter.drafting.writing import Asked, values_of
from careercenter.postings.details import (
    BLANK,
    AccuracyBasis,
    Apprentice,
    CodingTest,
    Equipment,
    Per,
    PostingDetails,
)
from careercenter.postings.fields.production import PIECES
from careercenter.postings.models import Posting
from careercenter.reading.models import Reading, Topic
from careercenter.reading.reader import read
from careercenter.taxonomy.places import Places

T = Topic
_BULLET = re.compile(r"^[ \t]*[•·▪◦●][ \t]*", re.MULTILINE)  # as word processors write them
FIELDS: Mapping[Topic, tuple[str, ...]] = MappingProxyType(
    {
        T.TITLE: ("title",),
        T.ROLE: ("role",),
        T.CODING_TYPES: ("coding_types",),
        T.SPECIALTIES: ("specialties",),
        T.SOFTWARE: ("software",),
        T.CODE_SETS: ("code_sets",),
        T.REQUIRED: (
            "credentials_1", "months_1", "credentials_2", "months_2", "credentials_3", "months_3",
            "requirement",
        ),
        T.PREFERRED: ("preferred",),
        T.APPRENTICE: ("apprentice",),
        T.YEARS: ("years",),
        T.YEARS_IN: (
            "topic_1", "topic_years_1", "topic_2", "topic_years_2", "topic_3", "topic_years_3",
        ),
        T.SETTING: ("setting",),
        T.STATES: ("states", "states_rule"),
        T.STATES_EXCLUDED: ("states", "states_rule"),
        T.PLACE: ("place",),
        T.NEAR_MILES: ("near_miles",),
        T.ONSITE_DAYS: ("onsite_days",),
        T.EMPLOYMENT: ("employment",),
        T.SHIFT: ("shift",),
        T.EQUIPMENT: ("equipment",),
        T.CODING_TEST: ("coding_test",),
        T.TEST_MINUTES: ("test_minutes",),
        T.PAY: ("pay_unit", "pay_low", "pay_high", "pay_pace", "pay_floor"),
        T.UNITS: ("units",),
        T.UNITS_OF: ("piece",),
        T.UNITS_PER: ("per",),
        T.ACCURACY: ("accuracy",),
        T.ACCURACY_BASIS: ("accuracy_basis",),
        T.RAMP_WEEKS: ("ramp_weeks",),
        T.BENEFITS: ("benefits",),
        T.BONUSES: ("bonuses",),
        T.SCREENINGS: ("screenings",),
        T.OPENINGS: ("openings",),
        T.CLOSES_ON: ("closes_on",),
    }
)  # fmt: skip


def filled(
    form: StartForm, posting: Posting | None, places: Places, today: date, asked: Asked = ()
) -> tuple[Values, Values]:
    """What a new draft holds, and what of it was found in a text. An old closing date stays out."""
    if posting is not None:
        details = replace(posting.details, closes_on=None)
        return values_of(details, places, today, asked), {}
    if form.origin.data == TEMPLATE:
        return dict(TEMPLATES[form.template.data].typed), {}
    if form.origin.data == TEXT:
        return from_text(form.text.data, places, today)
    return {}, {}


def from_text(text: str, places: Places, today: date) -> tuple[Values, Values]:
    """The values, and field → the words that its value was found in. The text is the description.

    What cannot be, like a place that nobody knows, is filled in too: the step says what is wrong.
    """
    reading = read(text)
    values = values_of(details_of(reading), places, today)
    fields = {name: fact.words for fact in reading.facts for name in FIELDS[fact.topic]}
    typed = {name: values[name] for name in fields if name in values}
    place = reading.value(T.PLACE)
    if isinstance(place, str):
        typed["place"] = [place]
    found = {name: list(words) for name, words in fields.items() if name in typed}
    return typed | {"description": [_BULLET.sub("- ", text)]}, found


def details_of(reading: Reading) -> PostingDetails:
    """What was read of a posting; the rest is blank."""
    said = reading.value
    details = replace(
        BLANK,
        title=said(T.TITLE) or "",
        role=said(T.ROLE) or "",
        coding_types=said(T.CODING_TYPES) or (),
        specialties=said(T.SPECIALTIES) or (),
        software=said(T.SOFTWARE) or (),
        code_sets=said(T.CODE_SETS) or (),
        required=said(T.REQUIRED) or BLANK.required,
        preferred=said(T.PREFERRED) or (),
        apprentice=Apprentice(said(T.APPRENTICE) or BLANK.apprentice),
        setting=said(T.SETTING) or "",
        states=said(T.STATES) or (),
        excluded=() if said(T.STATES) else said(T.STATES_EXCLUDED) or (),
        employment=said(T.EMPLOYMENT) or "",
        pay=said(T.PAY) or BLANK.pay,
        closes_on=said(T.CLOSES_ON),
        years_in=dict(said(T.YEARS_IN) or ()),
    )
    return _production(_conditions(details, reading), reading)


def _conditions(details: PostingDetails, reading: Reading) -> PostingDetails:
    equipment, test = reading.value(T.EQUIPMENT), reading.value(T.CODING_TEST)
    conditions = replace(
        details.conditions,
        years=reading.value(T.YEARS) or 0,
        shift=reading.value(T.SHIFT) or "",
        equipment=Equipment(equipment) if isinstance(equipment, str) else None,
        coding_test=CodingTest(test) if isinstance(test, str) else None,
    )
    hiring = replace(
        details.hiring,
        test_minutes=reading.value(T.TEST_MINUTES) if test not in (None, CodingTest.NONE) else None,
        openings=reading.value(T.OPENINGS),
        screenings=reading.value(T.SCREENINGS) or (),
    )
    bonuses, benefits = (reading.value(topic) or () for topic in (T.BONUSES, T.BENEFITS))
    extras = replace(details.extras, bonuses=bonuses, benefits=benefits)
    miles, days = reading.value(T.NEAR_MILES), reading.value(T.ONSITE_DAYS)
    workplace = replace(details.workplace, near_miles=miles, onsite_days=days)
    said = replace(details, conditions=conditions, hiring=hiring)
    return replace(said, extras=extras, workplace=workplace)


def _production(details: PostingDetails, reading: Reading) -> PostingDetails:
    per, basis, piece = (
        reading.value(topic) for topic in (T.UNITS_PER, T.ACCURACY_BASIS, T.UNITS_OF)
    )
    production = replace(
        details.production,
        units=reading.value(T.UNITS),
        piece=piece if piece in PIECES else "record" if piece else "",
        per=Per(per) if isinstance(per, str) else None,
        ramp_weeks=reading.value(T.RAMP_WEEKS),
        accuracy=reading.value(T.ACCURACY),
        accuracy_basis=AccuracyBasis(basis) if isinstance(basis, str) else None,
    )
    return replace(details, production=production)
