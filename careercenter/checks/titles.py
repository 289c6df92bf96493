"""What a title may hold: the job, and nothing that has a field of its own.

After Indeed's rule for feeds ("do not include other types of information, such as salary,
employment type, job location, job descriptions or headlines") and Google's, which are alike.
"""

import re

from careercenter.checks.models import Area, Rule, Severity, Step, Subject
from careercenter.taxonomy.vocabularies import STATES

LONG = 70  # characters; result lists cut what is longer
SHOUTED = 0.7  # of the letters

_PAY = re.compile(r"\$|\b[0-9]+ ?k\b|/ ?h(?:r|our)\b|per hour", re.IGNORECASE)
_EMPLOYMENT = re.compile(
    r"\b(?:full|part)[- ]time|\b1099\b|\bW-?2\b|\bcontract\b|per[- ]diem|\bPRN\b", re.IGNORECASE
)
_HEADLINE = re.compile(
    r"urgent|immediate|hiring|apply now|great|amazing|sign[- ]on|bonus|!|\*|opportunity|needed",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:req|job|id|ref)[.#: -]*[0-9]{3,}|#[0-9]+|\b[A-Z]{1,4}-?[0-9]{4,}\b", re.I
)
_STATE_NAMES = "|".join(re.escape(s.name) for s in STATES.values() if s.kind != "armed-forces")
_PLACE = re.compile(rf"\bremote\b|work from home|\b(?i:{_STATE_NAMES})\b|, ?[A-Z]{{2}}\b")
_REMOTE = re.compile(r"\bremote\b|work from home|\bWFH\b", re.IGNORECASE)
_BARE = re.compile(
    r"(?:medical )?(?:coder|coding specialist|biller|auditor)(?: i{1,3}| [0-9])?", re.IGNORECASE
)


def _title(subject: Subject) -> str:
    return subject.details.title


def pay_in_title(subject: Subject) -> str:
    return (
        "Take the pay out of the title: it has its own fields."
        if _PAY.search(_title(subject))
        else ""
    )


def place_in_title(subject: Subject) -> str:
    title = _title(subject)
    found = _PLACE.search(title) or _REMOTE.search(title)
    return "Take the place out of the title: it has its own fields." if found else ""


def employment_in_title(subject: Subject) -> str:
    found = _EMPLOYMENT.search(_title(subject))
    return "Take the kind of employment out of the title: it has its own field." if found else ""


def headline(subject: Subject) -> str:
    found = _HEADLINE.search(_title(subject))
    return f"A title names the job. Leave out “{found[0]}”." if found else ""


def number_in_title(subject: Subject) -> str:
    return "Leave your own number out of the title." if _NUMBER.search(_title(subject)) else ""


def employer_in_title(subject: Subject) -> str:
    name = subject.employer.name.lower()
    found = len(name) > 3 and name in _title(subject).lower()
    return "Your name stands beside the title. It need not be in it." if found else ""


def shouting(subject: Subject) -> str:
    """Abbreviations are capitals by nature: only longer words count."""
    words = [word for word in re.findall(r"[A-Za-z]+", _title(subject)) if len(word) > 5]
    loud = sum(word.isupper() for word in words)
    return (
        "Capitals are hard to read. Write the title as in a sentence."
        if loud > len(words) / 2
        else ""
    )


def long_title(subject: Subject) -> str:
    length = len(_title(subject))
    return f"The title has {length} characters. Lists cut it after {LONG}." if length > LONG else ""


def bare_title(subject: Subject) -> str:
    if not _BARE.fullmatch(_title(subject).strip()):
        return ""
    return "“Coder” means twenty jobs. Add the records or the specialty."


RULES = (
    Rule(Area.INDEED, Severity.MEND, Step.ROLE, "title", pay_in_title),
    Rule(Area.INDEED, Severity.MEND, Step.ROLE, "title", place_in_title),
    Rule(Area.INDEED, Severity.MEND, Step.ROLE, "title", employment_in_title),
    Rule(Area.INDEED, Severity.MEND, Step.ROLE, "title", headline),
    Rule(Area.GOOGLE, Severity.MEND, Step.ROLE, "title", number_in_title),
    Rule(Area.GOOGLE, Severity.HINT, Step.ROLE, "title", employer_in_title),
    Rule(Area.GOOGLE, Severity.MEND, Step.ROLE, "title", shouting),
    Rule(Area.WORDS, Severity.HINT, Step.ROLE, "title", long_title),
    Rule(Area.BOARD, Severity.HINT, Step.ROLE, "title", bare_title),
)
