"""A posting as the fields of its form hold it."""

from careercenter.postings.condition_fields import condition_values
from careercenter.postings.forms import ROWS
from careercenter.postings.models import Posting
from careercenter.taxonomy.requirements import Requirement, sentence
from careercenter.taxonomy.vocabularies import PICKABLE_CREDENTIALS
from careercenter.web.fields import typed_dollars


def values_of(posting: Posting) -> dict[str, object]:
    pay, place = posting.pay, posting.place
    return (
        {
            "version": str(posting.version),
            "title": posting.title,
            "role": posting.role,
            "coding_types": posting.coding_types,
            "specialties": posting.specialties,
            "preferred": posting.preferred,
            "apprentice": posting.apprentice.value,
            "setting": posting.setting,
            "states": posting.states,
            "place": f"{place.city}, {place.state} {place.zip}".strip() if place.city else "",
            "employment": posting.employment,
            "pay_unit": pay.unit,
            "pay_low": typed_dollars(pay.low_cents),
            "pay_high": typed_dollars(pay.high_cents),
            "pay_pace": "" if pay.pace is None else f"{pay.pace.normalize():f}",
            "pay_floor": typed_dollars(pay.floor_cents),
            "closes_on": posting.closes_on,
            "description": posting.description,
        }
        | _requirement_values(posting.required)
        | condition_values(posting)
    )


def _requirement_values(required: Requirement) -> dict[str, object]:
    """In the boxes where they can say it, else in words."""
    found: dict[str, object] = {}
    for number, group in zip(ROWS, required.groups, strict=False):
        found[f"credentials_{number}"] = tuple(a.credential for a in group)
        found[f"months_{number}"] = group[0].within_months
    alike = all(len({a.within_months for a in group}) == 1 for group in required.groups)
    known = all(a.credential in PICKABLE_CREDENTIALS for group in required.groups for a in group)
    if alike and known and len(required.groups) <= len(ROWS):
        return found
    return {"requirement": sentence(required)}
