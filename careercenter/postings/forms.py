"""What an employer types into a posting, read strictly and turned into ``PostingDetails``.

The parts are in ``fields``: each can stand alone as a step, and all of them together are the form.
"""

from collections.abc import Iterator
from functools import lru_cache

from wtforms.form import FormMeta

from careercenter.custom_fields.models import AskedField
from careercenter.postings.details import BLANK
from careercenter.postings.fields.conditions import ConditionsForm
from careercenter.postings.fields.custom import CustomForm, made_of
from careercenter.postings.fields.hiring import HiringForm
from careercenter.postings.fields.pay import PayForm
from careercenter.postings.fields.place import PlaceForm
from careercenter.postings.fields.production import ProductionForm
from careercenter.postings.fields.requirement import RequirementForm
from careercenter.postings.fields.steps import Rule, StepForm
from careercenter.postings.fields.text import TextForm
from careercenter.postings.fields.work import WorkForm
from careercenter.postings.models import PostingDetails

PARTS: tuple[type[StepForm], ...] = (
    WorkForm,
    RequirementForm,
    PlaceForm,
    ConditionsForm,
    HiringForm,
    PayForm,
    ProductionForm,
    TextForm,
    CustomForm,
)


class PostingForm(
    WorkForm,
    RequirementForm,
    PlaceForm,
    ConditionsForm,
    HiringForm,
    PayForm,
    ProductionForm,
    TextForm,
    CustomForm,
):
    """All of it on one page."""

    def rules(self) -> Iterator[Rule]:
        for part in PARTS:
            yield from part.rules(self)

    def write(self, details: PostingDetails) -> PostingDetails:
        for part in PARTS:
            details = part.write(self, details)
        return details

    def details(self) -> PostingDetails:
        """What was typed. Only after ``validate``."""
        return self.write(BLANK)


@lru_cache(maxsize=8)
def posting_form(asked: tuple[AskedField, ...]) -> type[PostingForm]:
    """The form with what this board asks beside the rest."""
    if not asked:
        return PostingForm
    made: type[PostingForm] = FormMeta("PostingForm", (PostingForm,), made_of(asked))
    return made
