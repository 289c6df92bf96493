"""Who may apply: credentials, years, and the answer to apprentices."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from wtforms import Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from careercenter.errors import Invalid
from careercenter.postings.fields.steps import (
    Rule,
    StepForm,
    answer,
    answered,
    line_field,
    once,
    yes_no,
)
from careercenter.postings.models import Apprentice, Mentoring, PostingDetails
from careercenter.taxonomy.requirements import (
    MOST_MONTHS,
    Alternative,
    Requirement,
    parse,
    sentence,
)
from careercenter.taxonomy.requirements import check as check_requirement
from careercenter.taxonomy.vocabularies import (
    CODING_TYPES,
    EXPERIENCE_LEVELS,
    PICKABLE_CREDENTIALS,
    SPECIALTIES,
)
from careercenter.web.fields import (
    CREDENTIALS,
    CheckboxesField,
    MonthsField,
    OneOfField,
    YearsField,
    choices_of,
    clean,
)

ROWS = (1, 2, 3)  # of the requirement: each must be met, by any credential ticked in it
MOST_YEARS = 40
LINES = (1, 2, 3)  # years in a coding type or a specialty
ANSWERS = {
    Apprentice.YES: "Yes, apprentices (CPC-A, CCA) are welcome",
    Apprentice.NO: "No",
    Apprentice.CASE_BY_CASE: "We decide case by case",
}
TOPICS = [
    SelectChoice("", "Nothing more"),
    *(SelectChoice(s, t.name, optgroup="Coding types") for s, t in CODING_TYPES.items()),
    *(SelectChoice(s, t.name, optgroup="Specialties") for s, t in SPECIALTIES.items()),
]


def credentials_field(label: str) -> CheckboxesField:
    return CheckboxesField(label, choices=CREDENTIALS)


def add_field() -> OneOfField:
    """One credential more, out of all of them; the common ones have boxes."""
    return OneOfField(
        "Add a credential", choices=[SelectChoice("", "Choose one"), *CREDENTIALS], default=""
    )


def months_field() -> MonthsField:
    message = f"Allow from 1 to {MOST_MONTHS} months after hire."
    return MonthsField("Months after hire", [Optional(), NumberRange(1, MOST_MONTHS, message)])


def topic_field() -> OneOfField:
    return OneOfField("Coding type or specialty", choices=TOPICS, default="")


def years_field(label: str = "Years, at least") -> YearsField:
    message = f"Enter from 1 to {MOST_YEARS} years."
    return YearsField(label, [Optional(), NumberRange(1, MOST_YEARS, message)])


class RequirementForm(StepForm):
    credentials_1 = credentials_field("Required: any one of these")
    add_1 = add_field()
    months_1 = months_field()
    credentials_2 = credentials_field("And also: any one of these")
    add_2 = add_field()
    months_2 = months_field()
    credentials_3 = credentials_field("And also: any one of these")
    add_3 = add_field()
    months_3 = months_field()
    requirement = StringField("The requirement in words", filters=[clean])
    preferred = credentials_field("Preferred, not required")
    experience = OneOfField(
        "Level", choices=choices_of(EXPERIENCE_LEVELS, blank="Not stated"), default=""
    )
    years = years_field("Years of coding, at least")
    topic_1, topic_years_1 = topic_field(), years_field()
    topic_2, topic_years_2 = topic_field(), years_field()
    topic_3, topic_years_3 = topic_field(), years_field()
    apprentice = RadioField(
        "May apprentices apply?",
        [InputRequired("Say whether apprentices may apply.")],
        choices=[SelectChoice(said.value, words) for said, words in ANSWERS.items()],
    )
    apprentice_reason = line_field("Why?", 200)
    mentor = line_field("Who would be their mentor?", 80)
    signs_letter = yes_no("Do you sign the AAPC experience letter?")

    @property
    def rows(self) -> Iterator[tuple[Field, Field]]:
        """The rows of the requirement: the credentials ticked, the months allowed."""
        for number in ROWS:
            yield self[f"credentials_{number}"], self[f"months_{number}"]

    @property
    def lines(self) -> Iterator[tuple[Field, Field]]:
        """Where years in something are asked for: the topic, the years."""
        for number in LINES:
            yield self[f"topic_{number}"], self[f"topic_years_{number}"]

    @property
    def any_line(self) -> bool:
        return any(field.data or field.errors for line in self.lines for field in line)

    def rules(self) -> Iterator[Rule]:
        yield self._check_requirement
        yield self._check_lines

    def write(self, details: PostingDetails) -> PostingDetails:
        conditions = replace(
            details.conditions,
            experience=self.experience.data or "",
            years=self.years.data or 0,
        )
        return replace(
            details,
            required=self._requirement(),
            preferred=once(self.preferred),
            apprentice=Apprentice(self.apprentice.data),
            mentoring=Mentoring(
                self.apprentice_reason.data, self.mentor.data, answered(self.signs_letter)
            ),
            conditions=conditions,
            years_in=self._years_in(),
        )

    def _ticked(self) -> Iterator[tuple[tuple[str, ...], Field]]:
        for number, (boxes, months) in zip(ROWS, self.rows, strict=True):
            added = self[f"add_{number}"].data
            yield tuple(dict.fromkeys((*once(boxes), *filter(None, (added,))))), months

    def _requirement(self) -> Requirement:
        ticked = [(slugs, months) for slugs, months in self._ticked() if slugs]
        if self.requirement.data:
            if ticked:
                raise Invalid("Tick boxes or write it in words, not both.", "requirement")
            return parse(self.requirement.data)
        groups = (tuple(Alternative(s, months.data) for s in slugs) for slugs, months in ticked)
        return Requirement(tuple(groups))

    def _years_in(self) -> Mapping[str, int]:
        return {topic.data: years.data for topic, years in self.lines if topic.data and years.data}

    def _check_requirement(self) -> None:
        for slugs, months in self._ticked():
            if months.data and not slugs:
                raise Invalid("Tick a credential for these months.", months.name)
        if not any(boxes.errors or months.errors for boxes, months in self.rows):
            check_requirement(self._requirement())

    def _check_lines(self) -> None:
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


def requirement_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    lines: dict[str, object] = {}
    for number, (topic, years) in zip(LINES, details.years_in.items(), strict=False):
        lines |= {f"topic_{number}": topic, f"topic_years_{number}": years}
    return {
        **_credential_values(details.required),
        **lines,
        "preferred": details.preferred,
        "experience": details.conditions.experience,
        "years": details.conditions.years or None,
        "apprentice": details.apprentice.value,
        "apprentice_reason": details.mentoring.apprentice_reason,
        "mentor": details.mentoring.mentor,
        "signs_letter": answer(details.mentoring.signs_letter),
    }


def _credential_values(required: Requirement) -> dict[str, object]:
    """In the boxes where they can say it, else in words."""
    found: dict[str, object] = {}
    for number, group in zip(ROWS, required.groups, strict=False):
        found[f"credentials_{number}"] = tuple(a.credential for a in group)
        found[f"months_{number}"] = group[0].within_months
    alike = all(len({a.within_months for a in group}) == 1 for group in required.groups)
    known = all(a.credential in PICKABLE_CREDENTIALS for group in required.groups for a in group)
    if alike and known and len(required.groups) <= len(ROWS):
        return found
    return {"requirement": sentence(required)}
