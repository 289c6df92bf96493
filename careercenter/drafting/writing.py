"""What was typed, read by the posting form: which steps hold, and what they say so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from werkzeug.datastructures import MultiDict
from wtforms import Field

from careercenter.checks.models import Said, Step, Subject
from careercenter.custom_fields.models import AskedField
from careercenter.drafting.models import Values
from careercenter.employers.models import Employer
from careercenter.postings.details import BLANK
from careercenter.postings.fields.conditions import ConditionsForm
from careercenter.postings.fields.custom import CustomForm
from careercenter.postings.fields.hiring import HiringForm
from careercenter.postings.fields.pay import PayForm
from careercenter.postings.fields.place import PlaceForm
from careercenter.postings.fields.production import ProductionForm
from careercenter.postings.fields.requirement import ROWS, RequirementForm
from careercenter.postings.fields.steps import StepForm
from careercenter.postings.fields.text import TextForm
from careercenter.postings.fields.work import WorkForm
from careercenter.postings.form_values import typed_values
from careercenter.postings.forms import PARTS, PostingForm, posting_form
from careercenter.postings.models import Apprentice, PostingDetails
from careercenter.taxonomy.places import Places

STEP_OF: Mapping[type[StepForm], Step] = MappingProxyType(
    {
        WorkForm: Step.ROLE,
        RequirementForm: Step.REQUIREMENTS,
        PlaceForm: Step.PLACE,
        ConditionsForm: Step.PLACE,
        HiringForm: Step.PLACE,
        PayForm: Step.PAY,
        ProductionForm: Step.PAY,
        TextForm: Step.DESCRIPTION,
        CustomForm: Step.DESCRIPTION,
    }
)
NAMES: Mapping[Step, str] = MappingProxyType(
    {
        Step.ROLE: "Role and work",
        Step.REQUIREMENTS: "Requirements",
        Step.PLACE: "Place and conditions",
        Step.PAY: "Pay and production",
        Step.DESCRIPTION: "Description",
    }
)
# What is missing or too short in these leaves the rest of their part readable.
FORGIVEN = frozenset({"title", "role", "coding_types", "apprentice", "employment", "description"})
NO_CSRF = {"csrf": False}  # a dict, or it is not looked at; what is kept was checked when sent
Asked = tuple[AskedField, ...]  # what this board asks beside the rest


def _own_fields(part: type[StepForm]) -> frozenset[str]:
    named = {name for name in dir(part) if hasattr(getattr(part, name, None), "field_class")}
    return frozenset(named - {"version"})


PART_FIELDS = {part: _own_fields(part) for part in PARTS}
FIELDS: Mapping[Step, frozenset[str]] = MappingProxyType(
    {
        step: frozenset().union(*(PART_FIELDS[p] for p in PARTS if STEP_OF[p] is step))
        for step in Step
    }
)


@dataclass(frozen=True, slots=True)
class Written:
    """``details`` hold the parts that can be read; ``answered`` names the steps that are right."""

    form: PostingForm
    answered: frozenset[Step]
    details: PostingDetails

    @property
    def complete(self) -> bool:
        return self.answered == frozenset(Step)

    def subject(self, employer: Employer, today: date) -> Subject:
        said = Said(
            employer.name, employer.website, employer.about, employer.direct, employer.delivery
        )
        return Subject(self.details, said, today, self.answered)

    def show(self, *steps: Step) -> PostingForm:
        """The form, with what is wrong in these steps; the others have pages of their own."""
        shown = step_fields(self.form.asked, *steps)
        for field in self.form:
            if field.name not in shown:
                field.errors = []
        return self.form


def step_fields(asked: Asked, *steps: Step) -> frozenset[str]:
    """The names of the fields of these steps."""
    own = frozenset(one.name for one in asked if STEP_OF[CustomForm] in steps)
    return own.union(*(FIELDS[step] for step in steps))


def read(typed: Values, places: Places, today: date, asked: Asked = ()) -> Written:
    form = posting_form(asked)(places, today, formdata=_multi(typed), meta=NO_CSRF)
    form.validate()
    wrong = frozenset(form.errors)
    answered = frozenset(step for step in Step if not wrong & step_fields(asked, step))
    return Written(form, answered, _details(form, wrong))


def step_values(posted: MultiDict[str, str], asked: Asked, *steps: Step) -> Values:
    """What was sent of these; a credential chosen in the list joins those that are ticked."""
    names = step_fields(asked, *steps)
    values = {name: posted.getlist(name) for name in names if name in posted}
    for number in ROWS if Step.REQUIREMENTS in steps else ():
        values.pop(f"add_{number}", None)
        if added := posted.get(f"add_{number}"):
            values[f"credentials_{number}"] = [*values.get(f"credentials_{number}", ()), added]
    return values


def values_of(details: PostingDetails, places: Places, today: date, asked: Asked = ()) -> Values:
    """What somebody would have typed to say this."""
    data = typed_values(details, asked)
    form = posting_form(asked)(places, today, formdata=None, data=data, meta=NO_CSRF)
    return {field.name: raw for field in form if field.name != "version" if (raw := _raw(field))}


def _details(form: PostingForm, wrong: frozenset[str]) -> PostingDetails:
    answer = form.apprentice.data
    form.apprentice.data = answer or Apprentice.NO.value  # nobody answered: read the rest
    details = BLANK
    for part in PARTS:
        if not wrong & _fields_of(part, form) - FORGIVEN:
            details = part.write(form, details)
    form.apprentice.data = answer
    return details


def _fields_of(part: type[StepForm], form: PostingForm) -> frozenset[str]:
    own = frozenset(one.name for one in form.asked if part is CustomForm)
    return PART_FIELDS[part] | own


def _multi(typed: Values) -> MultiDict[str, str]:
    return MultiDict([(name, value) for name, values in typed.items() for value in values])


def _raw(field: Field) -> list[str]:
    if isinstance(field.data, bool):
        return ["y"] if field.data else []
    if isinstance(field.data, (list, tuple)):
        return [str(value) for value in field.data]
    text = field._value() if hasattr(field, "_value") else field.data
    return [str(text)] if text not in (None, "", "None") else []
