"""A gift, and what was seen of the employer when it was given."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from careercenter.employers.models import Employer
from careercenter.web.fields import clean

MOST = 100  # credits at once


class EmployerForm(FlaskForm):
    """``version``: of the employer that was seen, so that a second click gives nothing more."""

    version = HiddenField()

    def seen(self) -> int:
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class GiftForm(EmployerForm):
    credits = IntegerField(
        "Credits",
        [
            InputRequired("Enter how many credits."),
            NumberRange(1, MOST, f"Enter between 1 and {MOST} credits."),
        ],
    )
    reason = StringField(
        "Reason",
        [
            DataRequired("Enter the reason. The employer reads it."),
            Length(max=200, message="Use at most 200 characters."),
        ],
        filters=[clean],
    )


class NonprofitForm(EmployerForm):
    nonprofit = BooleanField("We have seen that it is a non-profit")

    @classmethod
    def of(cls, employer: Employer) -> "NonprofitForm":
        seen = {"version": employer.version, "nonprofit": employer.nonprofit_at is not None}
        return cls(formdata=None, data=seen)
