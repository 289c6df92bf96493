"""The file, what its columns are, and how far to go."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import BooleanField, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from careercenter.errors import Invalid
from careercenter.imports.fields import FIELDS
from careercenter.imports.files import TOO_LARGE, read_file
from careercenter.imports.models import Asked, Import, Source
from careercenter.taxonomy.vocabularies import EMPLOYMENT_TYPES, WORK_SETTINGS
from careercenter.web.fields import choices_of, clean

CHOOSE = "Choose a file."
TAKEN = "This column is another field already."
LEFT = "Each posting says it"
DEFAULTS = ("employment", "setting", "apprentice")
APPRENTICE = {"yes": "Welcome", "no": "Not for apprentices", "case-by-case": "Case by case"}


def choices_in(words: Mapping[str, str], blank: str) -> list[SelectChoice]:
    """Value → words, after an empty one."""
    return [SelectChoice("", blank), *(SelectChoice(*pair) for pair in words.items())]


class FileForm(FlaskForm):
    file = FileField("File")

    def __init__(self, **kwargs: Any) -> None:
        self.too_large = False
        try:
            super().__init__(**kwargs)
        except RequestEntityTooLarge:
            self.too_large = True
            super().__init__(formdata=None, **kwargs)

    def source(self) -> tuple[str, Source]:
        """The file's name and what is in it. Raises ``Invalid``."""
        if self.too_large:
            raise Invalid(TOO_LARGE, "file")
        if not self.file.data or not self.file.data.filename:
            raise Invalid(CHOOSE, "file")
        return clean(self.file.data.filename)[-120:], read_file(self.file.data.read())


class MappingForm(FlaskForm):
    """A field for each of ours; ``columns`` are the file's."""

    version = HiddenField()
    feed = StringField(
        "Name of the list",
        [
            DataRequired("Give the list a name."),
            Length(max=40, message="Use at most 40 characters."),
        ],
        filters=[clean],
    )

    default_employment = SelectField(
        "Employment", choices=choices_of(EMPLOYMENT_TYPES, LEFT), default=""
    )
    default_setting = SelectField(
        "Work setting", choices=choices_of(WORK_SETTINGS, LEFT), default=""
    )
    default_apprentice = SelectField(
        "Apprentices", choices=choices_in(APPRENTICE, LEFT), default=""
    )

    def asked(self) -> Asked:
        found = {name: self[f"default_{name}"].data for name in DEFAULTS}
        return Asked(
            feed=self.feed.data,
            mapping={name: self[name].data for name in FIELDS if self[name].data},
            defaults={name: value for name, value in found.items() if value},
        )


class RunForm(FlaskForm):
    version = HiddenField()
    whole = BooleanField("Close what came from this list before and is not in the file")
    spends = BooleanField("Send new postings to a moderator, one credit each")


def mapping_form(source: Import, **kwargs: Any) -> MappingForm:
    """With the mapping as it stands; each column may be one field only."""

    class Columns(MappingForm):
        pass

    choices = choices_in({column: column for column in source.columns}, "Not in the file")
    for name, field in FIELDS.items():
        checks = [_once]
        setattr(Columns, name, SelectField(field.label, checks, choices=choices, default=""))
    defaults = {f"default_{name}": value for name, value in source.defaults.items()}
    data = {**source.mapping, **defaults, "feed": source.feed, "version": source.version}
    form: MappingForm = Columns(data=data, **kwargs)
    return form


def _once(form: FlaskForm, field: SelectField) -> None:
    others: Sequence[str] = [form[name].data for name in FIELDS if name != field.name]
    if field.data and field.data in others:
        raise ValidationError(TAKEN)
