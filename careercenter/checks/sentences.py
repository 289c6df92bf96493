"""Who may apply, in one plain sentence."""

from careercenter.postings.models import Apprentice, PostingDetails
from careercenter.taxonomy.requirements import sentence
from careercenter.taxonomy.vocabularies import CODING_TYPES, CREDENTIALS, SPECIALTIES

_APPRENTICES = {
    Apprentice.YES: "apprentices may apply",
    Apprentice.NO: "apprentices may not apply",
    Apprentice.CASE_BY_CASE: "apprentices are looked at case by case",
}


def plain_sentence(details: PostingDetails) -> str:
    """ "You need (CPC or CCS-P) and CRC within 6 months of hire, with 3 years of coding, 2 of them
    urology; apprentices may not apply. Nice to have: CUC."
    """
    asked = sentence(details.required)
    need = f"You need {asked}" if asked else "You need no credential"
    years = _years(details)
    parts = (
        f"{need}, with {years}" if years and asked else f"{need}, but {years}" if years else need
    )
    liked = ", ".join(CREDENTIALS[s].abbr for s in details.preferred if s in CREDENTIALS)
    more = f" Nice to have: {liked}." if liked else ""
    return f"{parts}; {_APPRENTICES[details.apprentice]}.{more}"


def _years(details: PostingDetails) -> str:
    overall = details.conditions.years
    topics = [
        f"{_count(years)} of {(CODING_TYPES.get(topic) or SPECIALTIES[topic]).name}"
        for topic, years in details.years_in.items()
        if topic in CODING_TYPES or topic in SPECIALTIES
    ]
    said = [f"{_count(overall)} of coding"] if overall else []
    return " and ".join([*said, *topics])


def _count(years: int) -> str:
    return f"{years}\N{NO-BREAK SPACE}year{'' if years == 1 else 's'}"
