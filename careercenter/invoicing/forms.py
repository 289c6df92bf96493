"""What an accounts department wants on an invoice, and what finance staff decides."""

import re

from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional

from careercenter.invoicing.models import MOST_REFERENCES, Address, InvoiceWishes, Terms
from careercenter.publishing.forms import PayForm
from careercenter.web.fields import STATES, clean

SHORT = Length(max=40, message="Use at most 40 characters.")
LONG = Length(max=140, message="Use at most 140 characters.")
WHOLE_ADDRESS = "Fill in the whole address, or leave all of it empty."
ZIP = re.compile(r"[0-9]{5}(-[0-9]{4})?")
TERM_WORDS = {
    Terms.RULE: "By the board’s rule",
    Terms.ISSUE: "Gets what it buys when the invoice is made out",
    Terms.PAYMENT: "Gets what it buys when the invoice is paid",
    Terms.NONE: "No invoices",
}


class ReferenceForm(Form):
    name = StringField("What it is called", [Optional(), SHORT], filters=[clean])
    value = StringField("What it says", [Optional(), LONG], filters=[clean])

    def validate_name(self, field: StringField) -> None:
        if field.data and not self.value.data:
            raise ValidationError("Say what this reference says, or leave it out.")

    def validate_value(self, field: StringField) -> None:
        if field.data and not self.name.data:
            raise ValidationError("Say what this reference is called.")


class InvoiceForm(PayForm):
    plan = HiddenField()
    po_number = StringField("Purchase order number", [Optional(), SHORT], filters=[clean])
    email = EmailField(
        "Email of accounts payable",
        [Optional(), Length(max=254), Email("Enter an address like ap@example.com.")],
        filters=[clean],
    )
    references = FieldList(
        FormField(ReferenceForm), min_entries=MOST_REFERENCES, max_entries=MOST_REFERENCES
    )
    line = StringField("Street and number", [Optional(), LONG], filters=[clean])
    city = StringField("City", [Optional(), SHORT], filters=[clean])
    state = SelectField(
        "State", [Optional()], choices=[SelectChoice("", "Choose one"), *STATES], default=""
    )
    zip_code = StringField("ZIP code", [Optional(), SHORT], filters=[clean])

    def validate_email(self, field: EmailField) -> None:
        if field.data and not field.data.isascii():
            raise ValidationError("Enter an address like ap@example.com.")

    def validate_zip_code(self, field: StringField) -> None:
        if field.data and not ZIP.fullmatch(field.data):
            raise ValidationError("Enter a ZIP code like 50309.")

    def validate(self, extra_validators: object = None) -> bool:
        fine: bool = super().validate(extra_validators)
        parts = (self.line, self.city, self.state, self.zip_code)
        missing = [part for part in parts if not part.data]
        if missing and len(missing) < len(parts):
            missing[0].errors = [WHOLE_ADDRESS]
            return False
        return fine

    def wishes(self) -> InvoiceWishes:
        rows = [(row["name"], row["value"]) for row in self.references.data if row["name"]]
        address = None
        if self.line.data:
            place = (self.line.data, self.city.data, self.state.data, self.zip_code.data)
            address = Address(*place)
        return InvoiceWishes(self.po_number.data or "", tuple(rows), self.email.data or "", address)


class TermsForm(FlaskForm):
    employer = StringField(
        "Employer",
        [InputRequired("Name an employer."), Length(max=254)],
        filters=[clean],
        description="The last part of the address of its page.",
    )
    terms = SelectField(
        "How it pays on invoice",
        choices=[SelectChoice(terms.value, TERM_WORDS[terms]) for terms in Terms],
    )
    reason = StringField(
        "Reason",
        [InputRequired("Give a reason."), Length(max=200, message="Use at most 200 characters.")],
        filters=[clean],
    )
