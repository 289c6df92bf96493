"""When a posting goes live, and why it is closed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from careercenter.lifecycle.models import CLOSE_REASONS
from careercenter.postings.models import CloseReason

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
NO_HOUR = "Enter a day and an hour, like 2027-01-15T09:00."


class VersionForm(FlaskForm):
    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; -1, which no row has, where there is nonsense."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class ScheduleForm(VersionForm):
    goes_live_at = DateTimeLocalField("Goes live", [Optional()], format=FORMATS)

    def validate_goes_live_at(self, field: DateTimeLocalField) -> None:
        if field.process_errors:
            field.process_errors = [NO_HOUR]

    def instant(self, zone: ZoneInfo) -> datetime | None:
        """What was typed is an hour of the board's zone."""
        typed: datetime | None = self.goes_live_at.data
        return typed.replace(tzinfo=zone) if typed else None


class ClosureForm(VersionForm):
    reason = RadioField(
        "Why do you close it?",
        [InputRequired("Choose a reason.")],
        choices=[SelectChoice(reason.value, text) for reason, text in CLOSE_REASONS.items()],
    )

    def close_reason(self) -> CloseReason:
        return CloseReason(self.reason.data)
