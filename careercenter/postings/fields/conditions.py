"""The conditions of the work. All of it may stay empty."""

from dataclasses import replace

from wtforms import SelectField

from careercenter.postings.fields.steps import StepForm, stated
from careercenter.postings.models import CodingTest, Equipment, PostingDetails
from careercenter.taxonomy.vocabularies import SHIFTS
from careercenter.web.fields import choices_of

EQUIPMENT = {
    Equipment.PROVIDED: "We provide it",
    Equipment.STIPEND: "We pay a stipend",
    Equipment.OWN: "The coder’s own",
}
CODING_TESTS = {
    CodingTest.NONE: "No test",
    CodingTest.UNPAID: "Yes, unpaid",
    CodingTest.PAID: "Yes, and it is paid",
}


class ConditionsForm(StepForm):
    shift = SelectField("Shift", choices=choices_of(SHIFTS, blank="Not stated"), default="")
    equipment = stated("Equipment", EQUIPMENT)
    coding_test = stated("Coding test", CODING_TESTS)

    def write(self, details: PostingDetails) -> PostingDetails:
        conditions = replace(
            details.conditions,
            shift=self.shift.data or "",
            equipment=Equipment(self.equipment.data) if self.equipment.data else None,
            coding_test=CodingTest(self.coding_test.data) if self.coding_test.data else None,
        )
        return replace(details, conditions=conditions)


def condition_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    said = details.conditions
    return {
        "shift": said.shift,
        "equipment": said.equipment or "",
        "coding_test": said.coding_test or "",
    }
