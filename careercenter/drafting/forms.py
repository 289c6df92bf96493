"""Where a new posting starts."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from careercenter.drafting.starters import TEMPLATES
from careercenter.web.fields import clean_lines
from careercenter.web.markdown import LONGEST

SHORTEST = 40  # characters that can say something
BLANK, TEMPLATE, EARLIER, TEXT = "blank", "template", "earlier", "text"


class StartForm(FlaskForm):
    """``earlier``: (id, words) of the employer's postings; others are no choice."""

    origin = RadioField(
        "Start from",
        choices=[SelectChoice(origin, origin) for origin in (BLANK, TEMPLATE, EARLIER, TEXT)],
        default=BLANK,
    )
    template = SelectField(
        "Role",
        choices=[
            SelectChoice("", "Choose one"),
            *(SelectChoice(slug, t.name) for slug, t in TEMPLATES.items()),
        ],
        default="",
    )
    earlier = SelectField("Posting", default="")
    text = TextAreaField("The advertisement", filters=[clean_lines])

    def __init__(self, earlier: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earlier.choices = [
            SelectChoice("", "Choose one"),
            *(SelectChoice(*pair) for pair in earlier),
        ]

    def validate_template(self, field: SelectField) -> None:
        if self.origin.data == TEMPLATE and not field.data:
            raise ValidationError("Choose a role.")

    def validate_earlier(self, field: SelectField) -> None:
        if self.origin.data == EARLIER and not field.data:
            raise ValidationError("Choose a posting.")

    def validate_text(self, field: TextAreaField) -> None:
        if self.origin.data == TEXT and not SHORTEST <= len(field.data) <= LONGEST:
            raise ValidationError(f"Paste from {SHORTEST} to {LONGEST:,} characters.")

    @property
    def earlier_id(self) -> int | None:
        """The posting to start from."""
        return int(self.earlier.data) if self.origin.data == EARLIER else None
