"""What this board asks of every posting, and what coders ask first."""

from careercenter.checks.models import ORGANIZATION, Area, Rule, Severity, Step, Subject
from careercenter.postings.models import Apprentice, CodingTest
from careercenter.taxonomy.vocabularies import ROLES, WORK_SETTINGS

ENOUGH_WORDS = 80
LONG_TEST = 60  # minutes
COUNTED = frozenset({"coding", "risk", "cdi", "post-acute"})  # families paid to a pace


def _unanswered(step: Step, words: str) -> Rule:
    return Rule(
        Area.BOARD,
        Severity.STOP,
        step,
        "",
        lambda subject: "" if step in subject.answered else words,
    )


def _remote(subject: Subject) -> bool:
    setting = WORK_SETTINGS.get(subject.details.setting)
    return setting is not None and setting.remote != "no"


def _specialties(subject: Subject) -> str:
    return "" if subject.details.specialties else "Name the specialties: coders search by them."


def _software(subject: Subject) -> str:
    return "" if subject.details.software else "Name the software: the record and the encoder."


def _equipment(subject: Subject) -> str:
    unsaid = _remote(subject) and subject.details.conditions.equipment is None
    return "Say who provides the equipment for work at home." if unsaid else ""


def _coding_test(subject: Subject) -> str:
    if subject.details.conditions.coding_test is not None:
        return ""
    return "Say whether there is a coding test, even if there is none."


def _long_test(subject: Subject) -> str:
    details = subject.details
    if details.conditions.coding_test in (None, CodingTest.NONE):
        return ""
    minutes = details.hiring.test_minutes
    if minutes is None:
        return "Say how many minutes the coding test takes."
    unpaid = details.conditions.coding_test is CodingTest.UNPAID
    if unpaid and minutes > LONG_TEST:
        return f"{minutes} minutes unpaid are long: above {LONG_TEST} coders turn away. Pay for it."
    return ""


def _days_on_site(subject: Subject) -> str:
    details = subject.details
    if details.setting == "hybrid" and details.workplace.onsite_days is None:
        return "Say how many days a week are on site."
    if details.setting == "remote-after-training" and details.workplace.training_days is None:
        return "Say how many days of training are on site."
    return ""


def _monitoring(subject: Subject) -> str:
    unsaid = _remote(subject) and subject.details.workplace.monitoring is None
    return "Say how those who work at home are watched, even if they are not." if unsaid else ""


def _openings(subject: Subject) -> str:
    said = subject.details.hiring.openings or subject.details.disclosure.evergreen
    return "" if said else "Say how many openings there are."


def _volume(subject: Subject) -> str:
    role = ROLES.get(subject.details.role)
    counted = role is not None and role.family in COUNTED
    unsaid = counted and subject.details.production.units is None
    return "Say how much is expected: records an hour or a day." if unsaid else ""


def _accuracy(subject: Subject) -> str:
    production = subject.details.production
    unsaid = production.units is not None and production.accuracy is None
    return "Say what accuracy is expected, and counted by what." if unsaid else ""


def _reason(subject: Subject) -> str:
    refused = subject.details.apprentice is Apprentice.NO
    unsaid = refused and not subject.details.mentoring.apprentice_reason
    return "Say why apprentices may not apply: they ask." if unsaid else ""


def _mentor(subject: Subject) -> str:
    welcome = subject.details.apprentice is Apprentice.YES
    mentoring = subject.details.mentoring
    if not welcome or (mentoring.mentor and mentoring.signs_letter is not None):
        return ""
    return "Name the mentor, and say whether you sign the AAPC experience letter."


def _client(subject: Subject) -> str:
    unnamed = not subject.employer.direct and not subject.details.disclosure.client
    return "You hire for a client: name it, or coders will guess." if unnamed else ""


def _apprentices(subject: Subject) -> str:
    unsure = subject.details.apprentice is Apprentice.CASE_BY_CASE
    return "A plain yes or no to apprentices saves both sides an application." if unsure else ""


def _closes_on(subject: Subject) -> str:
    closes_on = subject.details.closes_on
    if closes_on and closes_on < subject.today:
        return "The closing date has passed."
    return ""


def _shift(subject: Subject) -> str:
    return "" if subject.details.conditions.shift else "Say when the work is done: the shift."


def _long_enough(subject: Subject) -> str:
    words = len(subject.details.description.split())
    if Step.DESCRIPTION not in subject.answered or words >= ENOUGH_WORDS:
        return ""
    return f"The text has {words} words. Below {ENOUGH_WORDS} coders learn too little to decide."


def _about(subject: Subject) -> str:
    return "" if subject.employer.about else "Say something about the organization on its page."


HINT, MEND, STOP = Severity.HINT, Severity.MEND, Severity.STOP
RULES = (
    _unanswered(Step.ROLE, "Finish the role and the work."),
    _unanswered(Step.REQUIREMENTS, "Finish the requirements."),
    _unanswered(Step.PLACE, "Finish the place and the conditions."),
    _unanswered(Step.PAY, "Finish the pay."),
    _unanswered(Step.DESCRIPTION, "Finish the description."),
    Rule(Area.BOARD, MEND, Step.ROLE, "specialties", _specialties),
    Rule(Area.BOARD, HINT, Step.ROLE, "software", _software),
    Rule(Area.BOARD, HINT, Step.REQUIREMENTS, "apprentice", _apprentices),
    Rule(Area.BOARD, HINT, Step.REQUIREMENTS, "apprentice_reason", _reason),
    Rule(Area.BOARD, MEND, Step.REQUIREMENTS, "mentor", _mentor),
    Rule(Area.BOARD, MEND, Step.PLACE, "equipment", _equipment),
    Rule(Area.BOARD, MEND, Step.PLACE, "coding_test", _coding_test),
    Rule(Area.BOARD, MEND, Step.PLACE, "test_minutes", _long_test),
    Rule(Area.BOARD, MEND, Step.PLACE, "onsite_days", _days_on_site),
    Rule(Area.BOARD, HINT, Step.PLACE, "monitoring", _monitoring),
    Rule(Area.BOARD, HINT, Step.PLACE, "openings", _openings),
    Rule(Area.BOARD, MEND, Step.PAY, "units", _volume),
    Rule(Area.BOARD, HINT, Step.PAY, "accuracy", _accuracy),
    Rule(Area.BOARD, HINT, Step.PLACE, "shift", _shift),
    Rule(Area.BOARD, MEND, Step.DESCRIPTION, "description", _long_enough),
    Rule(Area.BOARD, STOP, Step.DESCRIPTION, "closes_on", _closes_on),
    Rule(Area.BOARD, HINT, Step.DESCRIPTION, ORGANIZATION, _about),
    Rule(Area.BOARD, MEND, Step.DESCRIPTION, "client", _client),
)
