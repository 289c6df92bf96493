"""The role and the work: what the person does, on which records, with which tools."""

from dataclasses import replace

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from careercenter.postings.fields.steps import StepForm, once
from careercenter.postings.models import PostingDetails
from careercenter.taxonomy.vocabularies import CODE_SETS, CODING_TYPES, ROLES, SOFTWARE
from careercenter.web.fields import (
    SPECIALTIES,
    CheckboxesField,
    OneOfField,
    choices_of,
    clean,
    grouped,
)

SOFTWARE_KINDS = {
    "encoder-cac": "Encoders",
    "ehr-pm": "Health records and practice management",
    "cdi-audit": "CDI and audit",
    "risk-adjustment": "Risk adjustment",
    "autonomous": "Autonomous coding",
    "claims": "Claims",
}
CODE_SET_KINDS = {
    "code-set": "Code sets",
    "rules": "Rules and edits",
    "payment": "Payment systems",
    "risk-model": "Risk models",
    "assessment": "Assessments",
    "quality": "Quality measures",
}


class WorkForm(StepForm):
    title = StringField(
        "Job title",
        [
            DataRequired("Enter the job title."),
            Length(max=100, message="Use at most 100 characters."),
        ],
        filters=[clean],
    )
    role = OneOfField(
        "Role", [DataRequired("Choose a role.")], choices=choices_of(ROLES, blank="Choose one")
    )
    coding_types = CheckboxesField(
        "Coding types",
        [DataRequired("Tick at least one coding type.")],
        choices=choices_of(CODING_TYPES),
    )
    specialties = CheckboxesField("Specialties", choices=SPECIALTIES)
    code_sets = CheckboxesField(
        "Code sets and rules",
        choices=grouped((CODE_SET_KINDS[c.kind], slug, c.name) for slug, c in CODE_SETS.items()),
    )
    software = CheckboxesField(
        "Software",
        choices=grouped((SOFTWARE_KINDS[s.kind], slug, s.name) for slug, s in SOFTWARE.items()),
    )

    @property
    def chosen_role(self) -> str:
        return self.role.data or ""

    def write(self, details: PostingDetails) -> PostingDetails:
        return replace(
            details,
            title=self.title.data,
            role=self.role.data,
            coding_types=once(self.coding_types),
            specialties=once(self.specialties),
            code_sets=once(self.code_sets),
            software=once(self.software),
        )


def work_values(details: PostingDetails) -> dict[str, object]:
    """What the posting says, as these fields hold it."""
    return {
        "title": details.title,
        "role": details.role,
        "coding_types": details.coding_types,
        "specialties": details.specialties,
        "code_sets": details.code_sets,
        "software": details.software,
    }
