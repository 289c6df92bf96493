"""Uploading a résumé, and until when credentials are valid."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import Field, FieldList, Form, FormField, HiddenField, ValidationError
from wtforms.validators import Optional

from careercenter.candidates.models import (
    LONGEST_NAME,
    MOST_BYTES,
    MOST_CREDENTIALS,
    CandidateCredential,
    Upload,
)
from careercenter.errors import TooLarge
from careercenter.taxonomy.vocabularies import CREDENTIALS
from careercenter.web.fields import DayField, clean
from careercenter.web.uploads import too_large

CHOOSE = "Choose a file."
HINT = "PDF or Word (.docx), at most 5\N{NO-BREAK SPACE}MB. Remove patient data before you upload."


class ResumeField(FileField):
    """At most one file. What else was sent under its name is refused."""

    given: Sequence[FileStorage | str] = ()

    def __init__(self, label: str, validators: Any = None, **kwargs: Any) -> None:
        kwargs = {"description": HINT, "render_kw": {"accept": ".pdf,.docx"}} | kwargs
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: list[FileStorage | str]) -> None:
        """A file input left alone sends a file without a name, which is nothing."""
        self.given = [value for value in valuelist if value]
        super().process_formdata(valuelist)

    def pre_validate(self, form: FlaskForm) -> None:
        if any(isinstance(value, str) for value in self.given) or len(self.given) > 1:
            raise ValidationError(CHOOSE)

    def upload(self) -> Upload:
        """The one file. Raises ``TooLarge``."""
        file: FileStorage = self.data
        content = file.stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise TooLarge(too_large(MOST_BYTES), "file")
        return Upload(harmless_name(file.filename or ""), content)


class ResumeForm(FlaskForm):
    file = ResumeField("Résumé")

    def validate_file(self, field: Field) -> None:
        if not field.given:
            raise ValidationError(CHOOSE)


class ExpiryForm(Form):
    credential = HiddenField()
    expires_on = DayField("Valid until", [Optional()])


class ExpiriesForm(FlaskForm):
    """A row for each credential: its slug, and the last day on which it is valid."""

    rows = FieldList(FormField(ExpiryForm), max_entries=MOST_CREDENTIALS)

    def __init__(self, held: Sequence[CandidateCredential]) -> None:
        super().__init__(data={"rows": [_row(one) for one in held]})
        for row in self.rows:
            known = CREDENTIALS.get(row.credential.data)
            row.expires_on.label.text = f"{known.abbr if known else 'It'} is valid until"

    def days(self) -> Mapping[str, date | None]:
        return {row.credential.data: row.expires_on.data for row in self.rows}


def _row(held: CandidateCredential) -> Mapping[str, object]:
    return {"credential": held.credential, "expires_on": held.expires_on}


def harmless_name(name: str) -> str:
    """A name to show, never to open: no folders, controls or hidden direction marks."""
    name = clean(name.replace("\\", "/").rpartition("/")[2])
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:LONGEST_NAME]
    extension = extension[:16].strip()
    return f"{stem.strip()[: LONGEST_NAME - 1 - len(extension)] or 'resume'}.{extension}"
