"""Will others carry it on? The rules of Google, Indeed and LinkedIn that employers can mend.

Google, JobPosting: title, description, datePosted, hiringOrganization and jobLocation (or, fully
remote, applicantLocationRequirements) are required; baseSalary, employmentType, validThrough,
identifier and directApply recommended. Dates, identifier and directApply the board writes itself.
LinkedIn: a title of at most 200 and a description of 100 to 25,000 characters, and a location.
Indeed: city and state, or remote; the pay that the page shows. Read in 2026; they change.
"""

from careercenter.checks.models import ORGANIZATION, Area, Rule, Severity, Step, Subject
from careercenter.taxonomy.vocabularies import EMPLOYMENT_TYPES, WORK_SETTINGS

PLACED = frozenset({"onsite", "hybrid", "remote-after-training"})
LINKEDIN_TEXT = (100, 25_000)  # characters
LINKEDIN_TITLE = 200
GOOGLE_UNITS = frozenset({"hour", "year"})


def _place_of_work(subject: Subject) -> str:
    placed = subject.details.setting in PLACED
    return "Work at a place needs a city and a state." if placed and not _city(subject) else ""


def _city(subject: Subject) -> str:
    return subject.details.place.city


def _who_may_apply(subject: Subject) -> str:
    setting = WORK_SETTINGS.get(subject.details.setting)
    listed = setting and setting.slug == "remote-listed-states"
    return "Remote work needs the states it is open to." if listed and not _states(subject) else ""


def _states(subject: Subject) -> tuple[str, ...]:
    return subject.details.states


def _abroad(subject: Subject) -> str:
    return (
        "Google shows no work outside the country." if subject.details.setting == "offshore" else ""
    )


def _pay_unit(subject: Subject) -> str:
    if Step.PAY not in subject.answered or subject.details.pay.unit in GOOGLE_UNITS:
        return ""
    return "Google shows pay by the hour or the year only: it will show none of this."


def _employment(subject: Subject) -> str:
    known = EMPLOYMENT_TYPES.get(subject.details.employment)
    return (
        "Google has no word for this employment: it will show “other”."
        if (known and known.schema_org == "OTHER")
        else ""
    )


def _website(subject: Subject) -> str:
    if subject.employer.website:
        return ""
    return "Add your web address to your organization: Google shows who is hiring by it."


def _text_for_linkedin(subject: Subject) -> str:
    length, (least, most) = len(subject.details.description), LINKEDIN_TEXT
    if Step.DESCRIPTION not in subject.answered or least <= length <= most:
        return ""
    return f"LinkedIn takes texts of {least} to {most:,} characters."


def _title_for_linkedin(subject: Subject) -> str:
    long = len(subject.details.title) > LINKEDIN_TITLE
    return f"LinkedIn takes titles of at most {LINKEDIN_TITLE} characters." if long else ""


def _location_for_linkedin(subject: Subject) -> str:
    """It wants one line; "United States" stands for remote work."""
    near = subject.details.setting == "remote-near-site" and not _city(subject)
    return "LinkedIn wants the place that the work is near." if near else ""


RULES = (
    Rule(Area.GOOGLE, Severity.MEND, Step.PLACE, "place", _place_of_work),
    Rule(Area.GOOGLE, Severity.MEND, Step.PLACE, "states", _who_may_apply),
    Rule(Area.GOOGLE, Severity.MEND, Step.PLACE, "setting", _abroad),
    Rule(Area.GOOGLE, Severity.HINT, Step.PAY, "pay_unit", _pay_unit),
    Rule(Area.GOOGLE, Severity.HINT, Step.PAY, "employment", _employment),
    Rule(Area.GOOGLE, Severity.HINT, Step.DESCRIPTION, ORGANIZATION, _website),
    Rule(Area.INDEED, Severity.MEND, Step.PLACE, "place", _place_of_work),
    Rule(Area.LINKEDIN, Severity.MEND, Step.DESCRIPTION, "description", _text_for_linkedin),
    Rule(Area.LINKEDIN, Severity.MEND, Step.ROLE, "title", _title_for_linkedin),
    Rule(Area.LINKEDIN, Severity.MEND, Step.PLACE, "place", _location_for_linkedin),
)
