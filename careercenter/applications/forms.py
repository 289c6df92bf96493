"""Applying to a posting."""

from collections.abc import Mapping, Sequence

from wtforms import Field, RadioField, TextAreaField, ValidationError
from wtforms.validators import Length

from careercenter.applications.models import LONGEST_NOTE, Sending
from careercenter.candidates.forms import CHOOSE, HINT, ResumeField
from careercenter.candidates.models import Resume, StoredFile
from careercenter.screening.forms import AnswersForm
from careercenter.web.fields import clean_lines
from careercenter.web.templates import day


class ApplyForm(AnswersForm):
    """A résumé kept before, or a new file, which wins; and a note."""

    resume = RadioField("Résumé", validate_choice=False)
    file = ResumeField("Upload a résumé")
    note = TextAreaField(
        "Note to the employer",
        [Length(max=LONGEST_NOTE, message=f"Use at most {LONGEST_NOTE:,} characters.")],
        filters=[clean_lines],
    )

    def __init__(self, resumes: Sequence[Resume], preferred: str | None) -> None:
        super().__init__(resume=preferred)
        self.resume.choices = [
            (resume.public_id, f"{resume.file_name}, uploaded {day(resume.created_at)}")
            for resume in resumes
        ]
        self.note.flags.optional = True
        if resumes:
            self.file.label.text = "Or send another file"
            self.file.description = f"It is sent instead of the one chosen above. {HINT}"

    def validate_file(self, field: Field) -> None:
        kept = {public_id for public_id, _ in self.resume.choices}
        if not field.given and self.resume.data not in kept:
            raise ValidationError(CHOOSE)

    @property
    def files(self) -> list[ResumeField]:
        return [self.file, *super().files] if self.file.given else super().files

    def sending(self, files: Mapping[str, StoredFile]) -> Sending:
        """``files``: name of a field → what is stored of its file."""
        resume = files.get(self.file.name) or self.resume.data
        return Sending(resume, self.note.data, self.answers(files))
