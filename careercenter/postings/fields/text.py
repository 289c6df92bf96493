"""The description, and how long one may apply."""

from dataclasses import replace
from datetime import timedelta

from wtforms import Field, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from careercenter.postings.fields.steps import StepForm
from careercenter.postings.models import PostingDetails
from careercenter.web.fields import DayField, clean_lines
from careercenter.web.markdown import LONGEST

LATEST = timedelta(days=365)  # how far ahead a posting may close


class TextForm(StepForm):
    description = TextAreaField(
        "Description",
        [
            DataRequired("Describe the job."),
            Length(100, LONGEST, f"Write from 100 to {LONGEST:,} characters."),
        ],
        filters=[clean_lines],
    )
    closes_on = DayField("Closing date", [Optional()])

    def validate_closes_on(self, field: Field) -> None:
        if field.data and not self.today <= field.data <= self.today + LATEST:
            raise ValidationError("Choose a day from today to a year from now.")

    def write(self, details: PostingDetails) -> PostingDetails:
        return replace(details, description=self.description.data, closes_on=self.closes_on.data)


def text_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    return {"description": details.description, "closes_on": details.closes_on}
