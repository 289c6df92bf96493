"""Which subscription, and which version of the present one was seen."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careercenter.plans.models import Plan


class SubscriptionForm(FlaskForm):
    version = HiddenField()
    plan = RadioField("Plan", [InputRequired("Choose a plan.")], validate_choice=False)

    def offer(self, plans: Sequence[Plan]) -> None:
        self.plan.choices = [SelectChoice(plan.slug, plan.description) for plan in plans]

    def chosen(self, plans: Sequence[Plan]) -> Plan | None:
        return next((plan for plan in plans if plan.slug == self.plan.data), None)

    def seen(self) -> int:
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
