"""Where the work is done, and where the person may live."""

from collections.abc import Iterator
from dataclasses import replace

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from careercenter.errors import Invalid
from careercenter.postings.fields.steps import Rule, StepForm, once, say
from careercenter.postings.models import Place, PostingDetails
from careercenter.taxonomy.vocabularies import WORK_SETTINGS
from careercenter.web.fields import STATES, CheckboxesField, choices_of, clean

NEEDS_PLACE = frozenset({"onsite", "hybrid", "remote-near-site", "remote-in-state"})
TAKES_PLACE = NEEDS_PLACE | {"remote-after-training"}
NEEDS_STATES = frozenset(
    {"remote-listed-states", "remote-in-state", "remote-near-site", "remote-after-training"}
)
SETTINGS = {slug: term for slug, term in WORK_SETTINGS.items() if slug != "offshore"}


class PlaceForm(StepForm):
    setting = RadioField(
        "Work setting",
        [InputRequired("Choose where the work is done.")],
        choices=choices_of(SETTINGS),
    )
    place = StringField("Place of work", [Length(max=100)], filters=[clean])
    states = CheckboxesField("States where the person may live", choices=STATES)

    def rules(self) -> Iterator[Rule]:
        yield self._check_place

    def write(self, details: PostingDetails) -> PostingDetails:
        setting = self.setting.data
        return replace(
            details,
            setting=setting,
            states=once(self.states) if setting in NEEDS_STATES else (),
            place=self._place(),
        )

    def _place(self) -> Place:
        if self.setting.data not in TAKES_PLACE or not self.place.data:
            return Place()
        found = self.known_places.resolve(self.place.data)
        if found is None:
            raise Invalid("We don't know that place. Enter a ZIP code, or city and state.", "place")
        return Place(found.city, found.state, found.zip or "", found.latitude, found.longitude)

    def _check_place(self) -> None:
        setting = self.setting.data
        if setting in NEEDS_STATES and not self.states.data:
            say(self.states, "Tick the states where the person may live.")
        if setting in NEEDS_PLACE and not self.place.data:
            raise Invalid("Enter a ZIP code or a city and state.", "place")
        self._place()


def place_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    place = details.place
    return {
        "setting": details.setting,
        "states": details.states,
        "place": f"{place.city}, {place.state} {place.zip}".strip() if place.city else "",
    }
