"""A posting as the fields of its form hold it."""

from careercenter.custom_fields.models import AskedField
from careercenter.postings.fields.conditions import condition_values
from careercenter.postings.fields.custom import custom_values
from careercenter.postings.fields.hiring import hiring_values
from careercenter.postings.fields.pay import pay_values
from careercenter.postings.fields.place import place_values
from careercenter.postings.fields.production import production_values
from careercenter.postings.fields.requirement import requirement_values
from careercenter.postings.fields.text import text_values
from careercenter.postings.fields.work import work_values
from careercenter.postings.models import Posting, PostingDetails


def values_of(posting: Posting, asked: tuple[AskedField, ...] = ()) -> dict[str, object]:
    return {"version": str(posting.version), **typed_values(posting.details, asked)}


def typed_values(details: PostingDetails, asked: tuple[AskedField, ...] = ()) -> dict[str, object]:
    """``asked``: the board's own fields, whose answers are among them."""
    return {
        **work_values(details),
        **requirement_values(details),
        **place_values(details),
        **condition_values(details),
        **hiring_values(details),
        **pay_values(details),
        **production_values(details),
        **text_values(details),
        **custom_values(details, asked),
    }
