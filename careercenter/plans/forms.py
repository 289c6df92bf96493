"""What finance staff types about a plan."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from careercenter.plans.models import Plan, PlanKind, PlanTerms
from careercenter.web.fields import DollarsField, WholeField, clean, typed_dollars

HIGHEST_CENTS = 10_000_000
LEAST_CENTS = 50  # what Stripe takes in dollars


class DaysField(WholeField):
    what = "days"


class CountField(WholeField):
    what = "numbers"


def at_most_highest(_: FlaskForm, field: DollarsField) -> None:
    """What fits into a purchase, and into its column."""
    if field.cents is not None and field.cents > HIGHEST_CENTS:
        raise ValidationError("Enter at most $100,000.")


class PlanForm(FlaskForm):
    edition = HiddenField()
    name = StringField(
        "Name",
        [DataRequired("Enter a name."), Length(max=80, message="Use at most 80 characters.")],
        filters=[clean],
    )
    price = DollarsField("Price", [InputRequired("Enter a price.")])
    days = DaysField("Days", [InputRequired("Enter the days, like 30.")])
    credits = CountField("Credits", [Optional()])
    slots = CountField("Slots", [Optional()])
    credits_last_days = DaysField("Credits last", [Optional()])
    on_sale = BooleanField("On sale")

    @classmethod
    def of(cls, plan: Plan) -> "PlanForm":
        return cls(
            data={
                "edition": plan.edition,
                "name": plan.name,
                "price": typed_dollars(plan.price_cents),
                "days": plan.days,
                "credits": plan.credits or None,
                "slots": plan.slots or None,
                "credits_last_days": plan.credits_last_days,
                "on_sale": plan.on_sale,
            }
        )

    def validate_price(self, field: DollarsField) -> None:
        cents = field.cents
        at_most_highest(self, field)
        if cents is not None and 0 < cents < LEAST_CENTS:
            raise ValidationError("Enter at least $0.50, or 0 for nothing.")

    def validate_days(self, field: Field) -> None:
        if field.data is not None and not 1 <= field.data <= 365:
            raise ValidationError("Enter between 1 and 365 days.")

    def fits(self, kind: PlanKind) -> bool:
        """Whether nothing is missing that this kind of plan needs; says so beside the field."""
        needed = {PlanKind.BUNDLE: self.credits, PlanKind.SUBSCRIPTION: self.slots}.get(kind)
        if needed is not None and not needed.data:
            needed.errors = ["Enter how many."]
            return False
        free = kind is PlanKind.FREE
        if free is bool(self.price.cents):
            words = "The free plan costs nothing." if free else "Only the free plan costs nothing."
            self.price.errors = [words]
            return False
        return True

    def seen(self) -> int:
        text = str(self.edition.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    def terms(self) -> PlanTerms:
        return PlanTerms(
            name=self.name.data,
            price_cents=self.price.cents or 0,
            days=self.days.data or 0,
            credits=self.credits.data or 0,
            slots=self.slots.data or 0,
            credits_last_days=self.credits_last_days.data,
            on_sale=bool(self.on_sale.data),
        )
