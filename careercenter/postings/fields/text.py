"""The description, who hires, and how long and in which way one may apply."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from wtforms import (
    BooleanField,
    Field,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from careercenter.accounts.forms import email_address
from careercenter.errors import Invalid
from careercenter.postings.fields.steps import Rule, StepForm, line_field
from careercenter.postings.models import ApplyBy, Applying, PostingDetails
from careercenter.reading.private import patient_data
from careercenter.web.addresses import is_web_address, with_scheme
from careercenter.web.fields import DayField, clean_lines
from careercenter.web.markdown import LONGEST

LATEST = timedelta(days=365)  # how far ahead a posting may close
WAYS = {
    ApplyBy.BOARD: "Here on the board",
    ApplyBy.WEB: "On our own site",
    ApplyBy.MAIL: "Here, and each application is announced to a mailbox of ours",
}


class TextForm(StepForm):
    description = TextAreaField(
        "Description",
        [
            DataRequired("Describe the job."),
            Length(100, LONGEST, f"Write from 100 to {LONGEST:,} characters."),
        ],
        filters=[clean_lines],
    )
    client = line_field("Client", 100)
    confidential = BooleanField("Keep our name from the public")
    apply_by = RadioField(
        "How do coders apply?",
        choices=[SelectChoice(way.value, words) for way, words in WAYS.items()],
        default=ApplyBy.BOARD.value,
    )
    apply_url = StringField(
        "Address of the page to apply on",
        [Length(max=500, message="Use at most 500 characters.")],
        filters=[with_scheme],
        render_kw={"inputmode": "url"},
    )
    apply_mail = StringField(
        "Address of the mailbox",
        [Optional(), Length(max=254), email_address],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    closes_on = DayField("Closing date", [Optional()])

    def validate_closes_on(self, field: Field) -> None:
        if field.data and not self.today <= field.data <= self.today + LATEST:
            raise ValidationError("Choose a day from today to a year from now.")

    def rules(self) -> Iterator[Rule]:
        yield self._check_text
        yield self._check_way

    def write(self, details: PostingDetails) -> PostingDetails:
        disclosure = replace(
            details.disclosure,
            client=self.client.data,
            confidential=bool(self.confidential.data),
        )
        return replace(
            details,
            description=self.description.data,
            closes_on=self.closes_on.data,
            disclosure=disclosure,
            applying=self._applying(),
        )

    def _applying(self) -> Applying:
        way = ApplyBy(self.apply_by.data)
        to = {ApplyBy.WEB: self.apply_url.data, ApplyBy.MAIL: self.apply_mail.data}
        return Applying(way, to.get(way, ""))

    def _check_text(self) -> None:
        if words := patient_data(self.description.data):
            raise Invalid(words, "description")

    def _check_way(self) -> None:
        if self.apply_by.data == ApplyBy.WEB:
            if not is_web_address(self.apply_url.data):
                raise Invalid("Enter an address that starts with https://.", "apply_url")
            if self.confidential.data:
                raise Invalid("Your own site would tell who you are.", "apply_by")
        if self.apply_by.data == ApplyBy.MAIL and not self.apply_mail.data:
            raise Invalid("Enter the address of the mailbox.", "apply_mail")


def text_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    way, to = details.applying.by, details.applying.to
    return {
        "description": details.description,
        "client": details.disclosure.client,
        "confidential": details.disclosure.confidential,
        "apply_by": way.value,
        "apply_url": to if way is ApplyBy.WEB else "",
        "apply_mail": to if way is ApplyBy.MAIL else "",
        "closes_on": details.closes_on,
    }
