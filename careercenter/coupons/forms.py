"""A code as it is typed, and what staff types about a new coupon."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, IntegerField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from careercenter.clock import end_of_day
from careercenter.coupons.models import CouponTerms, normal_code
from careercenter.plans.forms import at_most_highest
from careercenter.web.fields import CheckboxesField, DayField, DollarsField, clean

KINDS = {"percent": "A percentage", "amount": "An amount"}


class CodeForm(FlaskForm):
    """Of an employer."""

    code = StringField("Coupon code", [Length(max=60, message="Use at most 60 characters.")])

    def normal(self) -> str:
        return normal_code(self.code.data)


class CouponForm(FlaskForm):
    code = StringField("Code", [InputRequired("Enter a code.")], filters=[clean])
    kind = RadioField(
        "Takes off",
        choices=[SelectChoice("percent", "A percentage"), SelectChoice("amount", "An amount")],
        default="percent",
    )
    percent = IntegerField(
        "Percent",
        [Optional(), NumberRange(1, 100, "Enter a percentage between 1 and 100.")],
    )
    amount = DollarsField("Amount", [Optional(), at_most_highest])
    most_uses = IntegerField(
        "Uses in all", [Optional(), NumberRange(1, 1_000_000, "Enter 1 or more.")]
    )
    each_employer = IntegerField(
        "Uses for each employer", [Optional(), NumberRange(1, 1_000, "Enter 1 or more.")], default=1
    )
    employer = StringField("Only for the employer", [Optional()], filters=[clean])
    starts_on = DayField("From", [Optional()])
    ends_on = DayField("Last day", [Optional()])
    least = DollarsField("Least purchase", [Optional(), at_most_highest])
    first_only = BooleanField("First purchase only")
    plans = CheckboxesField("Plans", choices=[])

    def validate_code(self, field: Field) -> None:
        if not normal_code(field.data):
            raise ValidationError("Use 3 to 30 letters, figures, “-” and “_”.")

    def validate_kind(self, field: Field) -> None:
        if field.data == "percent" and not self.percent.data and not self.percent.errors:
            raise ValidationError("Enter the percentage.")
        if field.data == "amount" and not self.amount.cents:
            raise ValidationError("Enter the amount.")

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("Enter a last day after the first.")

    def terms(self, employer_id: int | None, zone: ZoneInfo) -> CouponTerms:
        percent = self.kind.data == "percent"
        first, last = self.starts_on.data, self.ends_on.data
        midnight = datetime.min.time()
        return CouponTerms(
            code=normal_code(self.code.data),
            percent=self.percent.data if percent else None,
            amount_cents=None if percent else self.amount.cents,
            most_uses=self.most_uses.data,
            each_employer=self.each_employer.data,
            employer_id=employer_id,
            starts_at=datetime.combine(first, midnight, zone).astimezone(UTC) if first else None,
            ends_at=end_of_day(last, zone) if last else None,
            least_cents=self.least.cents or 0,
            first_only=bool(self.first_only.data),
            plans=tuple(self.plans.data or ()),
        )
