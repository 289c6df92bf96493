"""How much goes back, and why."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from careercenter.accounts.models import User
from careercenter.refunds.models import RefundReason
from careercenter.refunds.usecases import Wish
from careercenter.web.fields import DollarsField, clean


class RefundForm(FlaskForm):
    amount = DollarsField("Amount", [InputRequired("Enter an amount.")])
    note = StringField(
        "Reason",
        [
            DataRequired("Say why, in a few words."),
            Length(max=200, message="Use at most 200 characters."),
        ],
        filters=[clean],
    )
    seen = HiddenField()  # how many refunds there were when it was opened

    def wish(self, person: User, limit_cents: int) -> Wish:
        cents, note = self.amount.cents or 0, self.note.data
        return Wish(cents, RefundReason.STAFF, person, note, limit_cents)
