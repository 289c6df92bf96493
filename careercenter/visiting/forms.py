"""What a coder brings: credentials, years, a state."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from careercenter.candidates.models import Qualifications
from careercenter.postings.fields.requirement import LINES, topic_field, years_field
from careercenter.web.fields import CREDENTIALS, STATES, CheckboxesField, YearsField

MOST_YEARS = 60
MOST_CREDENTIALS = 20


class QualificationsForm(FlaskForm):
    credentials = CheckboxesField(
        "Credentials you hold",
        [Length(max=MOST_CREDENTIALS, message=f"Tick at most {MOST_CREDENTIALS}.")],
        choices=CREDENTIALS,
    )
    years = YearsField(
        "Years of coding",
        [Optional(), NumberRange(0, MOST_YEARS, f"Enter from 0 to {MOST_YEARS} years.")],
    )
    topic_1, topic_years_1 = topic_field(), years_field("Years")
    topic_2, topic_years_2 = topic_field(), years_field("Years")
    topic_3, topic_years_3 = topic_field(), years_field("Years")
    state = SelectField(
        "Where you live", choices=[SelectChoice("", "Rather not say"), *STATES], default=""
    )

    @property
    def lines(self) -> Iterator[tuple[Field, Field]]:
        for number in LINES:
            yield self[f"topic_{number}"], self[f"topic_years_{number}"]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        super().validate(extra_validators)
        seen: set[str] = set()
        for topic, years in self.lines:
            if topic.data and not years.data and not years.errors:
                years.errors = ["Say how many years."]
            if years.data and not topic.data:
                topic.errors = ["Say in what."]
            if topic.data and topic.data in seen:
                topic.errors = ["This one comes twice."]
            seen.add(topic.data)
        if not self.errors and not self.qualifications().told:
            self.credentials.errors = ["Tick a credential, or enter your years of coding."]
        return not self.errors

    def qualifications(self) -> Qualifications:
        return Qualifications(
            credentials=tuple(dict.fromkeys(self.credentials.data or ())),
            years=self.years.data,
            years_in={t.data: y.data for t, y in self.lines if t.data and y.data},
            state=self.state.data or "",
        )


def values_of(told: Qualifications) -> dict[str, object]:
    """What was told, as the form's fields hold it."""
    lines: dict[str, object] = {}
    for number, (topic, years) in zip(LINES, told.years_in.items(), strict=False):
        lines |= {f"topic_{number}": topic, f"topic_years_{number}": years}
    return lines | {"credentials": told.credentials, "years": told.years, "state": told.state}
