"""The conditions of the work. All of it may stay empty."""

from collections.abc import Iterator
from dataclasses import replace

from careercenter.employers.models import Delivery
from careercenter.errors import Invalid
from careercenter.postings.fields.steps import (
    Rule,
    StepForm,
    answer,
    answered,
    stated,
    yes_no,
)
from careercenter.postings.models import Equipment, Monitoring, PostingDetails, spoken_hour
from careercenter.taxonomy.vocabularies import SHIFTS
from careercenter.web.fields import CountField, OneOfField, choices_of

EQUIPMENT = {
    Equipment.PROVIDED: "We provide it",
    Equipment.STIPEND: "We pay a stipend",
    Equipment.OWN: "The coder’s own",
}
MONITORING = {
    Monitoring.NONE: "No monitoring",
    Monitoring.ACTIVITY: "Activity on the computer is recorded",
    Monitoring.CAMERA: "A camera is on",
}
DELIVERY = {
    Delivery.ONSHORE: "In the United States only",
    Delivery.MIXED: "In the United States and abroad",
    Delivery.OFFSHORE: "Abroad",
}
ZONES = ("Eastern", "Central", "Mountain", "Pacific", "Alaska", "Hawaii")


class ConditionsForm(StepForm):
    shift = OneOfField("Shift", choices=choices_of(SHIFTS, blank="Not stated"), default="")
    zone = stated("Time zone", {zone: zone for zone in ZONES})
    from_hour = stated("From", {str(hour): spoken_hour(hour) for hour in range(24)})
    until_hour = stated("Until", {str(hour): spoken_hour(hour) for hour in range(1, 25)})
    equipment = stated("Equipment", EQUIPMENT)
    monitoring = stated("Monitoring at home", MONITORING)
    wired_mbps = CountField("Wired connection, at least", "megabits a second", 1, 999)
    us_data_only = yes_no("Must the data stay in the United States?")
    delivery = stated("Where is this team’s coding done?", DELIVERY, "As our profile says")

    def rules(self) -> Iterator[Rule]:
        yield self._check_window

    def write(self, details: PostingDetails) -> PostingDetails:
        conditions = replace(
            details.conditions,
            shift=self.shift.data or "",
            equipment=Equipment(self.equipment.data) if self.equipment.data else None,
        )
        workplace = replace(
            details.workplace,
            zone=self.zone.data or "",
            from_hour=int(self.from_hour.data) if self.from_hour.data else None,
            until_hour=int(self.until_hour.data) if self.until_hour.data else None,
            monitoring=Monitoring(self.monitoring.data) if self.monitoring.data else None,
            wired_mbps=self.wired_mbps.data,
            us_data_only=answered(self.us_data_only),
        )
        delivery = Delivery(self.delivery.data) if self.delivery.data else None
        return replace(
            details,
            conditions=conditions,
            workplace=workplace,
            disclosure=replace(details.disclosure, delivery=delivery),
        )

    def _check_window(self) -> None:
        start, end = self.from_hour, self.until_hour
        if self.zone.errors or start.errors or end.errors:
            return
        for field in (self.zone, start, end):
            if not field.data and (self.zone.data or start.data or end.data):
                raise Invalid("Say the zone and both hours, or none of them.", field.name)
        if start.data and int(end.data) <= int(start.data):
            raise Invalid("This is before the window begins.", end.name)


def condition_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    said, workplace = details.conditions, details.workplace
    return {
        "shift": said.shift,
        "zone": workplace.zone,
        "from_hour": "" if workplace.from_hour is None else str(workplace.from_hour),
        "until_hour": "" if workplace.until_hour is None else str(workplace.until_hour),
        "equipment": said.equipment or "",
        "monitoring": workplace.monitoring or "",
        "wired_mbps": workplace.wired_mbps,
        "us_data_only": answer(workplace.us_data_only),
        "delivery": details.disclosure.delivery or "",
    }
