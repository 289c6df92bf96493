"""How one is hired: the test, what is checked, when it starts, and how many are wanted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from wtforms import BooleanField
from wtforms.validators import Optional

from careercenter.errors import Invalid
from careercenter.postings.fields.steps import Rule, StepForm, once, stated
from careercenter.postings.models import CodingTest, Hiring, PostingDetails, WhenTested
from careercenter.taxonomy.vocabularies import SCREENINGS
from careercenter.web.fields import CheckboxesField, CountField, DayField, choices_of

FARTHEST = timedelta(days=3 * 365)  # a season or a project may end
CODING_TESTS = {
    CodingTest.NONE: "No test",
    CodingTest.UNPAID: "Yes, unpaid",
    CodingTest.PAID: "Yes, and it is paid",
}
WHEN_TESTED = {
    WhenTested.BEFORE: "Before the interview",
    WhenTested.AFTER: "After the interview",
}
# The test has fields of its own.
CHECKS = {slug: check for slug, check in SCREENINGS.items() if slug != "coding-test"}


class HiringForm(StepForm):
    coding_test = stated("Coding test", CODING_TESTS)
    test_minutes = CountField("It takes", "minutes", 5, 480)
    test_time = stated("It comes", WHEN_TESTED)
    screenings = CheckboxesField("What is checked before the first day", choices=choices_of(CHECKS))
    starts_on = DayField("First day of the season or project", [Optional()])
    ends_on = DayField("Last day of the season or project", [Optional()])
    openings = CountField("Number of openings", "openings", 1, 500)
    evergreen = BooleanField("We always hire for this: it is not one opening")

    def rules(self) -> Iterator[Rule]:
        yield self._check_test
        yield self._check_dates

    def write(self, details: PostingDetails) -> PostingDetails:
        test = CodingTest(self.coding_test.data) if self.coding_test.data else None
        hiring = Hiring(
            test_minutes=self.test_minutes.data,
            test_time=WhenTested(self.test_time.data) if self.test_time.data else None,
            screenings=once(self.screenings),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            openings=self.openings.data,
        )
        return replace(
            details,
            conditions=replace(details.conditions, coding_test=test),
            hiring=hiring,
            disclosure=replace(details.disclosure, evergreen=bool(self.evergreen.data)),
        )

    def _check_test(self) -> None:
        if self.coding_test.data in (CodingTest.PAID, CodingTest.UNPAID):
            return
        for field in (self.test_minutes, self.test_time):
            if field.data and not self.coding_test.errors:
                raise Invalid("Say first that there is a test.", "coding_test")

    def _check_dates(self) -> None:
        first, last = self.starts_on.data, self.ends_on.data
        if last and last < max(self.today, first or self.today):
            raise Invalid("Choose a day after the first one, and not in the past.", "ends_on")
        for field in (self.starts_on, self.ends_on):
            if field.data and field.data > self.today + FARTHEST:
                raise Invalid("Choose a day within three years.", field.name)
        if first and first < self.today - FARTHEST:
            raise Invalid("Choose a day within three years.", "starts_on")


def hiring_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    hiring = details.hiring
    return {
        "coding_test": details.conditions.coding_test or "",
        "test_minutes": hiring.test_minutes,
        "test_time": hiring.test_time or "",
        "screenings": hiring.screenings,
        "starts_on": hiring.starts_on,
        "ends_on": hiring.ends_on,
        "openings": hiring.openings,
        "evergreen": details.disclosure.evergreen,
    }
