"""What an employer says about its organization."""

from urllib.parse import urlsplit

from flask_wtf import FlaskForm
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

from careercenter.employers.models import Delivery, Employer, EmployerDetails
from careercenter.taxonomy.vocabularies import EMPLOYER_KINDS
from careercenter.web.fields import STATES, choices_of, clean, clean_lines

LONGEST_ABOUT = 5_000  # characters
DIRECT = {
    "yes": "For us: we hire for our own work",
    "no": "For clients: we are a staffing or recruiting agency",
}
DELIVERY = {
    Delivery.UNDISCLOSED: "We do not say",
    Delivery.ONSHORE: "In the United States only",
    Delivery.MIXED: "In the United States and abroad",
    Delivery.OFFSHORE: "Abroad",
}


def with_scheme(text: str | None) -> str:
    """People write "lakeside.example" and mean the address of a site."""
    text = clean(text)
    return text if not text or "://" in text else f"https://{text}"


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
        choices=[SelectChoice(value, text) for value, text in DIRECT.items()],
        default="yes",
    )
    delivery = SelectField(
        "Where is your coding done?",
        choices=[SelectChoice(value.value, text) for value, text in DELIVERY.items()],
        default=Delivery.UNDISCLOSED.value,
    )
    city = StringField("City", [Length(max=80)], filters=[clean])
    state = SelectField("State", choices=[SelectChoice("", "Choose one"), *STATES])
    website = StringField(
        "Website", [Length(max=200)], filters=[with_scheme], render_kw={"inputmode": "url"}
    )
    about = TextAreaField("About", [Length(max=LONGEST_ABOUT)], filters=[clean_lines])

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
            delivery=Delivery(self.delivery.data),
        )


def is_web_address(text: str) -> bool:
    """An https address with a host name; never one that carries a password."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = "." in host.strip(".") and "@" not in parts.netloc and port in (None, 443)
    return parts.scheme == "https" and named and text.isprintable() and " " not in text


def values_of(employer: Employer) -> dict[str, object]:
    """The organization as the form's fields hold it."""
    return {
        "version": str(employer.version),
        "name": employer.name,
        "kind": employer.kind,
        "direct": "yes" if employer.direct else "no",
        "delivery": employer.delivery.value,
        "city": employer.city,
        "state": employer.state,
        "website": employer.website,
        "about": employer.about,
    }
