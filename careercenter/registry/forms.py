"""Into which employer another goes."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length

from careercenter.web.fields import clean


def last_part(text: str | None) -> str:
    """People paste the whole address of a page; its last part names the employer."""
    return clean(text).rstrip("/").rpartition("/")[2]


class MergeForm(FlaskForm):
    version = HiddenField()
    slug = StringField(
        "Address of the employer to keep",
        [DataRequired("Enter the address of the employer to keep."), Length(max=100)],
        filters=[last_part],
    )
    sure = BooleanField(
        "I have compared the two: they are the same organization",
        [DataRequired("Tick this once you have compared the two.")],
    )
