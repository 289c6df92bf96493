"""The kind of employment, and what is paid for what."""

from collections.abc import Iterator
from dataclasses import replace

from wtforms.validators import DataRequired

from careercenter.errors import Invalid
from careercenter.postings.fields.steps import Rule, StepForm, line_field, once
from careercenter.postings.models import Extras, PostingDetails
from careercenter.taxonomy.pay import Pay, check, check_terms
from careercenter.taxonomy.vocabularies import BENEFITS, BONUSES, EMPLOYMENT_TYPES, PAY_UNITS
from careercenter.web.fields import (
    CheckboxesField,
    DollarsField,
    NumberField,
    OneOfField,
    choices_of,
    typed_dollars,
)

PAY_FIELDS = {
    "unit": "pay_unit",
    "low_cents": "pay_low",
    "high_cents": "pay_high",
    "pace": "pay_pace",
    "floor_cents": "pay_floor",
}


class PayForm(StepForm):
    employment = OneOfField(
        "Employment",
        [DataRequired("Choose a kind of employment.")],
        choices=choices_of(EMPLOYMENT_TYPES, blank="Choose one"),
    )
    pay_unit = OneOfField(
        "Paid",
        [DataRequired("Say what the pay is for.")],
        choices=choices_of(PAY_UNITS, blank="Choose one"),
    )
    pay_low = DollarsField("Lowest pay", [DataRequired("Enter the lowest pay.")])
    pay_high = DollarsField("Highest pay", [DataRequired("Enter the highest pay.")])
    pay_pace = NumberField("Expected in an hour")
    pay_floor = DollarsField("Guaranteed pay an hour")
    bonuses = CheckboxesField("Bonuses", choices=choices_of(BONUSES))
    benefits = CheckboxesField("Benefits", choices=choices_of(BENEFITS))
    extras = line_field("Bonuses and benefits in words", 300)

    def rules(self) -> Iterator[Rule]:
        yield self._check_pay

    def write(self, details: PostingDetails) -> PostingDetails:
        return replace(
            details,
            employment=self.employment.data,
            pay=self._pay(),
            extras=Extras(once(self.bonuses), once(self.benefits), self.extras.data),
        )

    def _pay(self) -> Pay:
        unit = PAY_UNITS[self.pay_unit.data]
        low, high = self.pay_low.cents or 0, self.pay_high.cents or 0
        pace = self.pay_pace.number if unit.needs_pace else None
        return Pay(unit.slug, low, high, pace, self.pay_floor.cents if unit.needs_floor else None)

    def _check_pay(self) -> None:
        if any(self[name].errors for name in PAY_FIELDS.values()):
            return
        try:
            check(self._pay())
            if self.employment.data and self.chosen_role:
                check_terms(self._pay(), self.chosen_role, self.employment.data)
        except Invalid as error:
            raise Invalid(str(error), PAY_FIELDS.get(error.field or "", "pay_low")) from error


def pay_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    pay = details.pay
    return {
        "employment": details.employment,
        "pay_unit": pay.unit,
        "pay_low": typed_dollars(pay.low_cents),
        "pay_high": typed_dollars(pay.high_cents),
        "pay_pace": "" if pay.pace is None else f"{pay.pace.normalize():f}",
        "pay_floor": typed_dollars(pay.floor_cents),
        "bonuses": details.extras.bonuses,
        "benefits": details.extras.benefits,
        "extras": details.extras.extras,
    }
