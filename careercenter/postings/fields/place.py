"""Where the work is done, and where the person may live."""

from collections.abc import Iterator
from dataclasses import replace

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from careercenter.errors import Invalid
from careercenter.postings.fields.steps import Rule, StepForm, once, say
from careercenter.postings.models import Place, PostingDetails
from careercenter.taxonomy.vocabularies import FIFTY_AND_DC, WORK_SETTINGS
from careercenter.web.fields import (
    STATES,
    CheckboxesField,
    CountField,
    choices_of,
    clean,
    clean_lines,
)

NEEDS_PLACE = frozenset({"onsite", "hybrid", "remote-near-site", "remote-in-state"})
TAKES_PLACE = NEEDS_PLACE | {"remote-after-training"}
NEEDS_STATES = frozenset(
    {"remote-listed-states", "remote-in-state", "remote-near-site", "remote-after-training"}
)
TAKES_EXCEPTIONS = NEEDS_STATES | {"remote-us"}
VISITS = frozenset({"hybrid", "remote-near-site"})  # some days of the week on site
SETTINGS = {slug: term for slug, term in WORK_SETTINGS.items() if slug != "offshore"}
MOST_PLACES = 20  # beside the first
STATE_RULES = {
    "only": "The person may live in those I tick",
    "except": "The person may live anywhere in the US except in those I tick",
}
UNKNOWN = "We don't know that place. Enter a ZIP code, or city and state."


class PlaceForm(StepForm):
    setting = RadioField(
        "Work setting",
        [InputRequired("Choose where the work is done.")],
        choices=choices_of(SETTINGS),
    )
    place = StringField("Place of work", [Length(max=100)], filters=[clean])
    more_places = TextAreaField(
        "Further places of work", [Optional(), Length(max=2000)], filters=[clean_lines]
    )
    onsite_days = CountField("Days on site", "days a week", 1, 7)
    training_days = CountField("Training on site", "days", 0, 365)
    near_miles = CountField("How near to the site", "miles", 1, 500)
    states_rule = RadioField(
        "How is the list of states meant?",
        choices=[SelectChoice(*rule) for rule in STATE_RULES.items()],
        default="only",
    )
    states = CheckboxesField("States", choices=STATES)

    def rules(self) -> Iterator[Rule]:
        yield self._check_states
        yield self._check_place
        yield self._check_more_places

    def write(self, details: PostingDetails) -> PostingDetails:
        setting = self.setting.data
        workplace = replace(
            details.workplace,
            onsite_days=self.onsite_days.data if setting in VISITS else None,
            training_days=None if setting == "onsite" else self.training_days.data,
            near_miles=self.near_miles.data if setting == "remote-near-site" else None,
        )
        return replace(
            details,
            setting=setting,
            states=self._states(),
            excluded=once(self.states) if self._excepts else (),
            place=self._place(),
            more_places=tuple(self._more_places()),
            workplace=workplace,
        )

    @property
    def _excepts(self) -> bool:
        excepts = self.states_rule.data == "except" and bool(self.states.data)
        return excepts and self.setting.data in TAKES_EXCEPTIONS

    def _states(self) -> tuple[str, ...]:
        if self._excepts:
            return tuple(code for code in FIFTY_AND_DC if code not in self.states.data)
        return once(self.states) if self.setting.data in NEEDS_STATES else ()

    def _place(self) -> Place:
        if self.setting.data not in TAKES_PLACE or not self.place.data:
            return Place()
        return self._found(self.place.data, "place")

    def _more_places(self) -> Iterator[Place]:
        if self.setting.data in TAKES_PLACE:
            for line in (self.more_places.data or "").splitlines():
                if line.strip():
                    yield self._found(line, "more_places")

    def _found(self, text: str, field: str) -> Place:
        found = self.known_places.resolve(text)
        if found is None:
            where = f"“{text}”: " if field == "more_places" else ""
            raise Invalid(where + UNKNOWN, field)
        return Place(found.city, found.state, found.zip or "", found.latitude, found.longitude)

    def _check_states(self) -> None:
        if self.setting.data in NEEDS_STATES and not self.states.data:
            say(self.states, "Tick the states where the person may live.")
        if self._excepts and not self._states():
            say(self.states, "No state is left. Tick fewer.")

    def _check_place(self) -> None:
        if self.setting.data in NEEDS_PLACE and not self.place.data:
            raise Invalid("Enter a ZIP code or a city and state.", "place")
        self._place()

    def _check_more_places(self) -> None:
        more = list(self._more_places())
        if more and not self.place.data:
            raise Invalid("Enter the first place here, the others below.", "place")
        if len(more) > MOST_PLACES:
            raise Invalid(f"Name at most {MOST_PLACES} further places.", "more_places")
        if self.place.errors or not more:
            return
        names = [(place.city, place.state, place.zip) for place in (self._place(), *more)]
        for name in names:
            if names.count(name) > 1:
                raise Invalid(f"{name[0]}, {name[1]} comes twice.", "more_places")


def place_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    workplace = details.workplace
    return {
        "setting": details.setting,
        "states": details.excluded or details.states,
        "states_rule": "except" if details.excluded else "only",
        "place": _typed(details.place),
        "more_places": "\n".join(map(_typed, details.more_places)),
        "onsite_days": workplace.onsite_days,
        "training_days": workplace.training_days,
        "near_miles": workplace.near_miles,
    }


def _typed(place: Place) -> str:
    return f"{place.city}, {place.state} {place.zip}".strip() if place.city else ""
