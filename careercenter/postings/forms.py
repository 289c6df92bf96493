"""What an employer types into a posting, read strictly and turned into ``PostingDetails``."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from careercenter.errors import Invalid
from careercenter.postings.condition_fields import ConditionsForm
from careercenter.postings.models import Apprentice, Place, PostingDetails
from careercenter.taxonomy.pay import Pay, check
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.requirements import (
    MOST_MONTHS,
    Alternative,
    Requirement,
    parse,
)
from careercenter.taxonomy.requirements import check as check_requirement
from careercenter.taxonomy.vocabularies import (
    CODING_TYPES,
    EMPLOYMENT_TYPES,
    PAY_UNITS,
    ROLES,
    WORK_SETTINGS,
)
from careercenter.web.fields import (
    CREDENTIALS,
    SPECIALTIES,
    STATES,
    CheckboxesField,
    DayField,
    DollarsField,
    MonthsField,
    NumberField,
    choices_of,
    clean,
    clean_lines,
)
from careercenter.web.markdown import LONGEST

LATEST = timedelta(days=365)  # how far ahead a posting may close
UNITS = ("hour", "year", "per-chart")
PIECES = frozenset({"per-chart"})
CONTRACTORS = frozenset({"contract-1099", "contract-c2c"})  # paid by the piece without a floor
NEEDS_PLACE = frozenset({"onsite", "hybrid", "remote-near-site", "remote-in-state"})
TAKES_PLACE = NEEDS_PLACE | {"remote-after-training"}
NEEDS_STATES = frozenset(
    {"remote-listed-states", "remote-in-state", "remote-near-site", "remote-after-training"}
)
ROWS = (1, 2, 3)  # of the requirement: each must be met, by any credential ticked in it
SETTINGS = {slug: term for slug, term in WORK_SETTINGS.items() if slug != "offshore"}
ANSWERS = {
    Apprentice.YES: "Yes, apprentices (CPC-A, CCA) are welcome",
    Apprentice.NO: "No",
    Apprentice.CASE_BY_CASE: "We decide case by case",
}
PAY_FIELDS = {
    "unit": "pay_unit",
    "low_cents": "pay_low",
    "high_cents": "pay_high",
    "pace": "pay_pace",
    "floor_cents": "pay_floor",
}


def credentials_field(label: str) -> CheckboxesField:
    return CheckboxesField(label, choices=CREDENTIALS)


def months_field() -> MonthsField:
    message = f"Allow from 1 to {MOST_MONTHS} months after hire."
    return MonthsField("Months after hire", [Optional(), NumberRange(1, MOST_MONTHS, message)])


class PostingForm(ConditionsForm):
    """``places`` knows the country's ZIP codes and cities; ``today`` is the board's day."""

    version = HiddenField()
    title = StringField(
        "Job title",
        [
            DataRequired("Enter the job title."),
            Length(max=100, message="Use at most 100 characters."),
        ],
        filters=[clean],
    )
    role = SelectField(
        "Role", [DataRequired("Choose a role.")], choices=choices_of(ROLES, blank="Choose one")
    )
    coding_types = CheckboxesField(
        "Coding types",
        [DataRequired("Tick at least one coding type.")],
        choices=choices_of(CODING_TYPES),
    )
    specialties = CheckboxesField("Specialties", choices=SPECIALTIES)
    credentials_1 = credentials_field("Required: any one of these")
    months_1 = months_field()
    credentials_2 = credentials_field("And also: any one of these")
    months_2 = months_field()
    credentials_3 = credentials_field("And also: any one of these")
    months_3 = months_field()
    requirement = StringField("The requirement in words", filters=[clean])
    preferred = credentials_field("Preferred, not required")
    apprentice = RadioField(
        "May apprentices apply?",
        [InputRequired("Say whether apprentices may apply.")],
        choices=[SelectChoice(answer.value, words) for answer, words in ANSWERS.items()],
    )
    setting = RadioField(
        "Work setting",
        [InputRequired("Choose where the work is done.")],
        choices=choices_of(SETTINGS),
    )
    place = StringField("Place of work", [Length(max=100)], filters=[clean])
    states = CheckboxesField("States where the person may live", choices=STATES)
    employment = SelectField(
        "Employment",
        [DataRequired("Choose a kind of employment.")],
        choices=choices_of(EMPLOYMENT_TYPES, blank="Choose one"),
    )
    pay_unit = RadioField(
        "Paid",
        [InputRequired("Say what the pay is for.")],
        choices=[SelectChoice(unit, PAY_UNITS[unit].name) for unit in UNITS],
    )
    pay_low = DollarsField("Lowest pay", [DataRequired("Enter the lowest pay.")])
    pay_high = DollarsField("Highest pay", [DataRequired("Enter the highest pay.")])
    pay_pace = NumberField("Charts an hour")
    pay_floor = DollarsField("Guaranteed pay an hour")
    closes_on = DayField("Closing date", [Optional()])
    description = TextAreaField(
        "Description",
        [
            DataRequired("Describe the job."),
            Length(100, LONGEST, f"Write from 100 to {LONGEST:,} characters."),
        ],
        filters=[clean_lines],
    )

    def __init__(self, places: Places, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._places, self._today = places, today

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        super().validate(extra_validators)
        for rule in (self._check_requirement, self._check_place, self._check_pay, self.check_lines):
            try:
                rule()
            except Invalid as error:
                field: Field = self[error.field or "title"]
                field.errors = [*field.errors, str(error)]
        return not self.errors

    def validate_closes_on(self, field: Field) -> None:
        if field.data and not self._today <= field.data <= self._today + LATEST:
            raise ValidationError("Choose a day from today to a year from now.")

    def details(self) -> PostingDetails:
        """What was typed. Only after ``validate``."""
        setting = self.setting.data
        return PostingDetails(
            title=self.title.data,
            role=self.role.data,
            coding_types=_once(self.coding_types),
            specialties=_once(self.specialties),
            required=self._requirement(),
            preferred=_once(self.preferred),
            apprentice=Apprentice(self.apprentice.data),
            setting=setting,
            states=_once(self.states) if setting in NEEDS_STATES else (),
            place=self._place(),
            employment=self.employment.data,
            pay=self._pay(),
            description=self.description.data,
            closes_on=self.closes_on.data,
            conditions=self.conditions(),
            years_in=self.years_in(),
            code_sets=_once(self.code_sets),
            software=_once(self.software),
        )

    @property
    def rows(self) -> Iterator[tuple[Field, Field]]:
        """The rows of the requirement: the credentials ticked, the months allowed."""
        for number in ROWS:
            yield self[f"credentials_{number}"], self[f"months_{number}"]

    def _requirement(self) -> Requirement:
        ticked = [(_once(boxes), months) for boxes, months in self.rows if boxes.data]
        if self.requirement.data:
            if ticked:
                raise Invalid("Tick boxes or write it in words, not both.", "requirement")
            return parse(self.requirement.data)
        groups = (tuple(Alternative(s, months.data) for s in slugs) for slugs, months in ticked)
        return Requirement(tuple(groups))

    def _check_requirement(self) -> None:
        for boxes, months in self.rows:
            if months.data and not boxes.data:
                raise Invalid("Tick a credential for these months.", months.name)
        if not any(boxes.errors or months.errors for boxes, months in self.rows):
            check_requirement(self._requirement())

    def _place(self) -> Place:
        if self.setting.data not in TAKES_PLACE or not self.place.data:
            return Place()
        found = self._places.resolve(self.place.data)
        if found is None:
            raise Invalid("We don't know that place. Enter a ZIP code, or city and state.", "place")
        return Place(found.city, found.state, found.zip or "", found.latitude, found.longitude)

    def _check_place(self) -> None:
        setting = self.setting.data
        if setting in NEEDS_STATES and not self.states.data:
            self.states.errors = [*self.states.errors, "Tick the states where the person may live."]
        if setting in NEEDS_PLACE and not self.place.data:
            raise Invalid("Enter a ZIP code or a city and state.", "place")
        self._place()

    def _pay(self) -> Pay:
        unit = self.pay_unit.data
        low, high = self.pay_low.cents or 0, self.pay_high.cents or 0
        if unit not in PIECES:
            return Pay(unit, low, high)
        return Pay(unit, low, high, self.pay_pace.number, self.pay_floor.cents)

    def _check_pay(self) -> None:
        if any(self[name].errors for name in PAY_FIELDS.values()):
            return
        try:
            check(self._pay())
        except Invalid as error:
            raise Invalid(str(error), PAY_FIELDS.get(error.field or "", "pay_low")) from error
        by_piece = self.pay_unit.data in PIECES and self.employment.data not in CONTRACTORS
        if by_piece and self.pay_floor.cents is None:
            raise Invalid(
                "Say what an hour is sure to pay, however many charts it brings.", "pay_floor"
            )


def _once(field: Field) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field.data or ()))
