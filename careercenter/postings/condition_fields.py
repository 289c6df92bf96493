"""The part of the posting form about experience, tools and conditions. All of it may stay empty."""

from collections.abc import Iterator, Mapping

from flask_wtf import FlaskForm
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from careercenter.errors import Invalid
from careercenter.postings.models import CodingTest, Conditions, Equipment, Posting
from careercenter.taxonomy.vocabularies import (
    CODE_SETS,
    CODING_TYPES,
    EXPERIENCE_LEVELS,
    SHIFTS,
    SOFTWARE,
    SPECIALTIES,
)
from careercenter.web.fields import CheckboxesField, YearsField, choices_of, grouped

MOST_YEARS = 40
LINES = (1, 2, 3)  # years in a coding type or a specialty
EQUIPMENT = {
    Equipment.PROVIDED: "We provide it",
    Equipment.STIPEND: "We pay a stipend",
    Equipment.OWN: "The coder’s own",
}
CODING_TESTS = {
    CodingTest.NONE: "No test",
    CodingTest.UNPAID: "Yes, unpaid",
    CodingTest.PAID: "Yes, and it is paid",
}
SOFTWARE_KINDS = {
    "encoder-cac": "Encoders",
    "ehr-pm": "Health records and practice management",
    "cdi-audit": "CDI and audit",
    "risk-adjustment": "Risk adjustment",
    "autonomous": "Autonomous coding",
    "claims": "Claims",
}
CODE_SET_KINDS = {
    "code-set": "Code sets",
    "rules": "Rules and edits",
    "payment": "Payment systems",
    "risk-model": "Risk models",
    "assessment": "Assessments",
    "quality": "Quality measures",
}
TOPICS = [
    SelectChoice("", "Nothing more"),
    *(SelectChoice(s, t.name, optgroup="Coding types") for s, t in CODING_TYPES.items()),
    *(SelectChoice(s, t.name, optgroup="Specialties") for s, t in SPECIALTIES.items()),
]


def topic_field() -> SelectField:
    return SelectField("Coding type or specialty", choices=TOPICS, default="")


def years_field(label: str = "Years, at least") -> YearsField:
    message = f"Enter from 1 to {MOST_YEARS} years."
    return YearsField(label, [Optional(), NumberRange(1, MOST_YEARS, message)])


class ConditionsForm(FlaskForm):  # type: ignore[misc]  # it comes without types
    experience = SelectField(
        "Level", choices=choices_of(EXPERIENCE_LEVELS, blank="Not stated"), default=""
    )
    years = years_field("Years of coding, at least")
    topic_1, topic_years_1 = topic_field(), years_field()
    topic_2, topic_years_2 = topic_field(), years_field()
    topic_3, topic_years_3 = topic_field(), years_field()
    shift = SelectField("Shift", choices=choices_of(SHIFTS, blank="Not stated"), default="")
    equipment = SelectField(
        "Equipment",
        choices=[SelectChoice("", "Not stated"), *(SelectChoice(*e) for e in EQUIPMENT.items())],
        default="",
    )
    coding_test = SelectField(
        "Coding test",
        choices=[SelectChoice("", "Not stated"), *(SelectChoice(*t) for t in CODING_TESTS.items())],
        default="",
    )
    code_sets = CheckboxesField(
        "Code sets and rules",
        choices=grouped((CODE_SET_KINDS[c.kind], slug, c.name) for slug, c in CODE_SETS.items()),
    )
    software = CheckboxesField(
        "Software",
        choices=grouped((SOFTWARE_KINDS[s.kind], slug, s.name) for slug, s in SOFTWARE.items()),
    )

    @property
    def lines(self) -> Iterator[tuple[Field, Field]]:
        """Where years in something are asked for: the topic, the years."""
        for number in LINES:
            yield self[f"topic_{number}"], self[f"topic_years_{number}"]

    @property
    def any_line(self) -> bool:
        return any(field.data or field.errors for line in self.lines for field in line)

    def conditions(self) -> Conditions:
        return Conditions(
            experience=self.experience.data or "",
            years=self.years.data or 0,
            shift=self.shift.data or "",
            equipment=Equipment(self.equipment.data) if self.equipment.data else None,
            coding_test=CodingTest(self.coding_test.data) if self.coding_test.data else None,
        )

    def years_in(self) -> Mapping[str, int]:
        return {topic.data: years.data for topic, years in self.lines if topic.data and years.data}

    def check_lines(self) -> None:
        """Raises ``Invalid`` for a line that is half filled, or a topic that comes twice."""
        seen: set[str] = set()
        for topic, years in self.lines:
            if topic.data and not years.data and not years.errors:
                raise Invalid("Say how many years.", years.name)
            if years.data and not topic.data:
                raise Invalid("Say in what.", topic.name)
            if topic.data in seen:
                raise Invalid("This one comes twice.", topic.name)
            seen |= {topic.data} if topic.data else set()


def condition_values(posting: Posting) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    said = posting.conditions
    lines: dict[str, object] = {}
    for number, (topic, years) in zip(LINES, posting.years_in.items(), strict=False):
        lines |= {f"topic_{number}": topic, f"topic_years_{number}": years}
    return lines | {
        "experience": said.experience,
        "years": said.years or None,
        "shift": said.shift,
        "equipment": said.equipment or "",
        "coding_test": said.coding_test or "",
        "code_sets": posting.code_sets,
        "software": posting.software,
    }
