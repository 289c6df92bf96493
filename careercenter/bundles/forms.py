"""Which bundle."""

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careercenter.plans.models import Plan


class BundleForm(FlaskForm):
    plan = RadioField("Bundle", [InputRequired("Choose a bundle.")], validate_choice=False)

    def offer(self, plans: list[Plan]) -> None:
        self.plan.choices = [SelectChoice(plan.slug, plan.name) for plan in plans]

    def chosen(self, plans: list[Plan]) -> Plan | None:
        return next((plan for plan in plans if plan.slug == self.plan.data), None)
