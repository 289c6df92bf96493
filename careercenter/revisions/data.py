"""What a posting says, as data that lasts: for keeping what was, and what is proposed."""

from decimal import Decimal
from typing import Any

from cattrs.preconf.json import make_converter

from careercenter.postings.details import PostingDetails

Data = dict[str, Any]

_converter = make_converter()
_converter.register_unstructure_hook(Decimal, str)
_converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))


def to_data(details: PostingDetails) -> Data:
    data: Data = _converter.unstructure(details)
    return data


def from_data(data: Data) -> PostingDetails:
    """What was not yet asked when it was written is left as if nothing were said."""
    return _converter.structure(data, PostingDetails)
