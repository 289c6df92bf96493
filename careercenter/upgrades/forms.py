"""Which upgrade, for which version of the posting."""

from collections.abc import Sequence

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from careercenter.plans.models import Plan
from careercenter.publishing.forms import PayForm


class UpgradeForm(PayForm):
    plan = RadioField("Choose", [InputRequired("Choose one.")], validate_choice=False)

    def offer(self, plans: Sequence[Plan]) -> None:
        self.plan.choices = [SelectChoice(plan.slug, plan.description) for plan in plans]

    def chosen(self, plans: Sequence[Plan]) -> Plan | None:
        return next((plan for plan in plans if plan.slug == self.plan.data), None)
