"""What an employer says about its organization."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careercenter.employers.models import Clients, Delivery, Employer, EmployerDetails, Town
from careercenter.errors import TooLarge
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.vocabularies import EMPLOYER_KINDS
from careercenter.web.addresses import is_web_address, with_scheme
from careercenter.web.fields import STATES, choices_of, clean, clean_lines
from careercenter.web.uploads import too_large

LONGEST_ABOUT = 5_000  # characters
MOST_PLACES = 20
MOST_BYTES = 1024 * 1024  # of a logo as it is uploaded
DIRECT = {
    "yes": "For us: we hire for our own work",
    Clients.NAMED: "For clients whom our postings disclose: we are an agency",
    Clients.UNDISCLOSED: "For clients whom we do not disclose: we are an agency",
}
DELIVERY = {
    Delivery.UNDISCLOSED: "We do not say",
    Delivery.ONSHORE: "In the United States only",
    Delivery.MIXED: "In the United States and abroad",
    Delivery.OFFSHORE: "Abroad",
}


class OrganizationForm(FlaskForm):
    version = HiddenField()
    name = StringField(
        "Name",
        [DataRequired("Enter the organization's name."), Length(max=100)],
        filters=[clean],
        render_kw={"autocomplete": "organization"},
    )
    kind = SelectField(
        "Kind of organization",
        [DataRequired("Choose a kind.")],
        choices=choices_of(EMPLOYER_KINDS, blank="Choose one"),
    )
    direct = RadioField(
        "Who is the work for?",
        [DataRequired("Say who the work is for.")],
        choices=[SelectChoice(str(value), text) for value, text in DIRECT.items()],
        default="yes",
    )
    delivery = SelectField(
        "Where is your coding done?",
        choices=[SelectChoice(value.value, text) for value, text in DELIVERY.items()],
        default=Delivery.UNDISCLOSED.value,
    )
    city = StringField("City", [Length(max=80)], filters=[clean])
    state = SelectField("State", choices=[SelectChoice("", "Choose one"), *STATES])
    places = TextAreaField("Other places", [Length(max=2_000)], filters=[clean_lines])
    website = StringField(
        "Website", [Length(max=200)], filters=[with_scheme], render_kw={"inputmode": "url"}
    )
    about = TextAreaField("About", [Length(max=LONGEST_ABOUT)], filters=[clean_lines])

    def __init__(self, places: Places, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._known = places

    def validate_places(self, field: Field) -> None:
        lines = _lines(field.data)
        if len(lines) > MOST_PLACES:
            raise ValidationError(f"Name at most {MOST_PLACES} places.")
        for line in lines:
            if self._known.resolve(line) is None:
                raise ValidationError(f"We don't know “{line}”. Write a city and its state.")

    def validate_website(self, field: Field) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError("Enter an address that starts with https://.")

    def details(self) -> EmployerDetails:
        return EmployerDetails(
            name=self.name.data,
            kind=self.kind.data,
            about=self.about.data,
            website=self.website.data,
            city=self.city.data,
            state=self.state.data,
            direct=self.direct.data == "yes",
            clients=None if self.direct.data == "yes" else Clients(self.direct.data),
            delivery=Delivery(self.delivery.data),
            places=tuple(dict.fromkeys(self._towns())),
        )

    def _towns(self) -> Iterator[Town]:
        for line in _lines(self.places.data):
            if found := self._known.resolve(line):
                yield Town(found.city, found.state)


class LogoForm(FlaskForm):
    file = FileField("Logo", render_kw={"accept": ".png,.jpg,.jpeg,.webp"})

    def validate_file(self, field: Field) -> None:
        given = [value for value in field.raw_data or () if value]
        if len(given) != 1 or isinstance(given[0], str):
            raise ValidationError("Choose a file.")

    def upload(self) -> tuple[str, bytes]:
        """Its name and its bytes. Raises ``TooLarge``."""
        file: FileStorage = self.file.data
        content = file.stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise TooLarge(too_large(MOST_BYTES), "file")
        return file.filename or "", content


def _lines(text: str | None) -> Sequence[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def values_of(employer: Employer) -> dict[str, object]:
    """The organization as the form's fields hold it."""
    return {
        "version": str(employer.version),
        "name": employer.name,
        "kind": employer.kind,
        "direct": "yes" if employer.direct else employer.clients,
        "delivery": employer.delivery.value,
        "city": employer.city,
        "state": employer.state,
        "places": "\n".join(town.label for town in employer.places),
        "website": employer.website,
        "about": employer.about,
    }
