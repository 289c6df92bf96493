"""Requirements that do not go together, or not with the work, the pay or each other."""

from collections.abc import Iterable

from careercenter.checks.models import Area, Rule, Severity, Step, Subject
from careercenter.checks.sense import hourly_of
from careercenter.postings.models import Apprentice, PostingDetails
from careercenter.taxonomy.pay_bands import band
from careercenter.taxonomy.requirements import ACCEPTED, Group
from careercenter.taxonomy.vocabularies import (
    CODING_TYPES,
    CREDENTIALS,
    EXPERIENCE_LEVELS,
    SPECIALTIES,
)

MUCH = 5  # years
SOME = 2
APPRENTICES = frozenset({"apprentice", "entry"})
SIDES = {"profee": "physician work", "facility": "facility work"}


def _sides(coding_types: Iterable[str]) -> frozenset[str]:
    known = (CODING_TYPES[slug].side for slug in coding_types if slug in CODING_TYPES)
    return frozenset(side for side in known if side in SIDES)


def _wrong_side(subject: Subject) -> str:
    """A group that only the other side's credentials meet. Some, like CCA, are for both."""
    work = _sides(subject.details.coding_types)
    if len(work) != 1:
        return ""
    for group in subject.details.required.groups:
        sides = [_sides(CREDENTIALS[a.credential].coding_types) for a in group]
        if all(side and not side & work for side in sides):
            other = SIDES[next(iter(sides[0]))]
            return f"{_names(group)} is for {other}, and this is {SIDES[next(iter(work))]}."
    return ""


def _names(group: Group) -> str:
    return " or ".join(CREDENTIALS[a.credential].abbr for a in group)


def _years(details: PostingDetails) -> int:
    return max((details.conditions.years, *details.years_in.values()))


def _years_for_apprentices(subject: Subject) -> str:
    details = subject.details
    welcome = details.apprentice is Apprentice.YES
    if not welcome or _years(details) < SOME:
        return ""
    return f"Apprentices are welcome, and {_years(details)} years are asked for: few have both."


def _years_for_beginners(subject: Subject) -> str:
    details = subject.details
    entry = details.role == "coder-trainee" or details.conditions.experience in (
        "student",
        "apprentice",
    )
    if not entry or _years(details) < SOME:
        return ""
    return f"{_years(details)} years are much for an entry-level posting. Ask for none, or say so."


def _years_for_little(subject: Subject) -> str:
    details, hourly = subject.details, hourly_of(subject.details)
    beginners = band("coder-trainee", "cpc-a", state=details.place.state or None)
    if not hourly or not beginners or _years(details) < MUCH or hourly.high_cents > beginners[1]:
        return ""
    return f"{_years(details)} years are asked for at an apprentice’s pay."


def _level_against_years(subject: Subject) -> str:
    level = EXPERIENCE_LEVELS.get(subject.details.conditions.experience)
    years = subject.details.conditions.years
    if level is None or not years or level.slug in ("student", "apprentice"):
        return ""
    least, most = level.min_years or 0, level.max_years
    if years >= least and (most is None or years <= most):
        return ""
    return f"The level “{level.name}” does not go with {years} years."


def _topic_over_all(subject: Subject) -> str:
    details = subject.details
    overall = details.conditions.years
    for topic, years in details.years_in.items():
        if overall and years > overall:
            name = (CODING_TYPES.get(topic) or SPECIALTIES[topic]).name
            return f"{years} years of {name} are more than the {overall} asked for altogether."
    return ""


def _apprentice_credential(subject: Subject) -> str:
    """Only an apprentice's credential meets it, and apprentices may not apply."""
    if subject.details.apprentice is not Apprentice.NO:
        return ""
    for group in subject.details.required.groups:
        held = [CREDENTIALS[a.credential].apprentice_of for a in group]
        if any(held):
            return f"{_names(group)} is asked for, and apprentices may not apply."
    return ""


def _twice(subject: Subject) -> str:
    """Two groups that one credential meets at once."""
    groups = subject.details.required.groups
    for n, one in enumerate(groups):
        for other in groups[n + 1 :]:
            shared = {a.credential for a in one} & {a.credential for a in other}
            if shared:
                abbr = CREDENTIALS[sorted(shared)[0]].abbr
                return f"{abbr} stands in two parts of the requirement: who holds it meets both."
    return ""


def _preferred_and_required(subject: Subject) -> str:
    needed = {a.credential for group in subject.details.required.groups for a in group}
    both = [slug for slug in subject.details.preferred if slug in needed]
    return f"{CREDENTIALS[both[0]].abbr} is required and preferred. Once is enough." if both else ""


def _implied(subject: Subject) -> str:
    """RHIT beside RHIA: the higher one always brings the other."""
    alone = [group[0].credential for group in subject.details.required.groups if len(group) == 1]
    for slug in alone:
        higher = [other for other in alone if other != slug and other in ACCEPTED[slug]]
        if higher:
            return (
                f"{CREDENTIALS[higher[0]].abbr} includes {CREDENTIALS[slug].abbr}: drop the latter."
            )
    return ""


WHERE = (Area.SENSE, Severity.MEND, Step.REQUIREMENTS)
RULES = (
    Rule(*WHERE, "credentials_1", _wrong_side),
    Rule(*WHERE, "apprentice", _years_for_apprentices),
    Rule(*WHERE, "years", _years_for_beginners),
    Rule(*WHERE, "years", _years_for_little),
    Rule(*WHERE, "experience", _level_against_years),
    Rule(*WHERE, "years", _topic_over_all),
    Rule(*WHERE, "apprentice", _apprentice_credential),
    Rule(*WHERE, "credentials_2", _twice),
    Rule(*WHERE, "preferred", _preferred_and_required),
    Rule(*WHERE, "credentials_1", _implied),
)
