"""Where and on what terms: setting, states, place, employment, shift, equipment, test, dates."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from careercenter.reading.models import Fact, Topic
from careercenter.reading.text import NUMBER, Text, in_lower, number_of
from careercenter.taxonomy.vocabularies import STATES

MOST_OPENINGS = 99
MOST_MILES = 500
WEEK = 7  # days
LEAST_MINUTES, MOST_MINUTES = 5, 480  # of a test

# Each in the order in which it is asked: the first that is met holds.
_CHOICES: Mapping[Topic, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        Topic.SETTING: (
            ("onsite", r"not (?:a )?remote|no remote"),
            ("remote-after-training", r"remote after (?:[\w-]+ ){0,4}(?:training|onboarding)"),
            ("hybrid", r"\bhybrid\b"),
            ("remote-near-site", r"within [0-9]{2,3} miles"),
            ("remote-us", r"(?:(?:100%|fully) )?\bremote(?:ly)?\b|work(?:ing)? from home|\bWFH\b"),
            ("onsite", r"on[- ]?site|in[- ]office|in[- ]person"),
        ),
        Topic.EMPLOYMENT: (
            ("contract-to-hire", r"(?:contract|temp)[- ]to[- ](?:hire|perm\w*)"),
            ("prn-w2", r"per[- ]diem|\bPRN\b|as[- ]needed"),
            ("part-time-w2", r"part[- ]time"),
            ("contract-c2c", r"corp[- ]to[- ]corp|\bC2C\b"),
            ("contract-1099", r"\b1099\b|independent contractor"),
            ("contract-w2", r"W-?2 contract|contract \(?W-?2"),
            ("temp-w2", r"temporary|seasonal"),
            ("externship", r"externship"),
            ("internship", r"internship"),
            ("apprenticeship", r"apprenticeship"),
            ("full-time-w2", r"full[- ]time|\bFTE?\b|40 hours"),
        ),
        Topic.SHIFT: (
            ("rotating-weekends", r"rotating weekends?"),
            ("flexible-core-hours", r"core hours"),
            ("flexible-24x7", r"flexible (?:hours|schedule)|any hour|24/7"),
            ("evenings", r"\bevening shift|\bevenings\b"),
            ("nights", r"\bnight shift|\bnights\b"),
            ("weekends", r"\bweekends only|weekend shift"),
            ("days", r"day shift|Monday (?:-|to|through) Friday|8 ?(?:am)? ?(?:-|to) ?5"),
        ),
        Topic.EQUIPMENT: (
            ("stipend", r"(?:equipment|home[- ]office|technology) stipend"),
            (
                "own",
                r"(?:own|your|coder's own) (?:computer|equipment|laptop)[^.;\n]{0,20}required|"
                r"must (?:have|provide|use) (?:your|their|an?|own)\b[^.;\n]{0,20}"
                r"(?:computer|equipment)",
            ),
            (
                "provided",
                r"(?:equipment|laptop|computer|hardware)(?: and \w+)? (?:is |are |will be )?"
                r"(?:sent|provided|supplied|shipped|furnished)|(?:provide|send|ship|supply)\w* "
                r"(?:you )?(?:the |all |a )?(?:[\w-]+ ){0,2}(?:equipment|laptop|computer)",
            ),
        ),
        Topic.CODING_TEST: (
            ("none", r"no (?:coding )?(?:test|assessment|exam)\b"),
            ("yes-unpaid", r"unpaid[^.;\n]{0,20}(?:coding |skills )?(?:test|assessment)"),
            ("yes-paid", r"(?<!un)paid[^.;\n]{0,12}(?:coding |skills )?(?:test|assessment)"),
            ("yes-unpaid", r"(?:coding|skills?) (?:test|assessment|exam)\b"),
        ),
    }
)
_STATE_NAMES = {s.name.lower(): code for code, s in STATES.items() if s.kind != "armed-forces"}
_CODES = "|".join(code for code, s in STATES.items() if s.kind != "armed-forces")
_NAMES = "|".join(re.escape(n) for n in sorted(_STATE_NAMES, key=len, reverse=True))
_STATE = rf"(?:(?:{_CODES})\b|(?i:{_NAMES})\b)"
_RUN = re.compile(rf"(?<![\w,]){_STATE}(?:(?:\s*[,;/]\s*|\s+)(?:(?:and|or|&)\s+)?{_STATE})*")
_CUE = re.compile(
    r"(?:liv(?:e|es|ing) in|resid\w+ (?:in|of)|(?:hire|hiring|recruit\w*|eligible|open|located|"
    r"based) (?:in|to)|states?(?: only)?\s*:|following states|residents? of)[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_EXCLUDED = re.compile(
    r"(?:\bnot\b|except|exclud\w*|cannot|unable|other than)[^.;\n]{0,40}$", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b([A-Z][a-z]+\.?(?:[ -][A-Z][a-z]+\.?){0,3}),\s*"
    rf"((?:{_CODES})\b|(?:{'|'.join(s.name for s in STATES.values())}))(?:\s+([0-9]{{5}}))?"
)
_NEAR = re.compile(r"within (?:an? )?([0-9]{1,3})[- ]?(?:miles?|mi\b)", re.IGNORECASE)
_ON_SITE = r"(?:on[- ]?site|in[- ](?:the )?office|in[- ]person)"
_ONSITE_DAYS = re.compile(
    rf"\b({NUMBER}) days?(?: (?:a|per|each) week|/week| weekly)?,? {_ON_SITE}|"
    rf"{_ON_SITE}[^.;\n]{{0,20}}?\b({NUMBER}) days? (?:a|per|each) week",
    re.IGNORECASE,
)
_TEST = r"(?:coding|skills?) (?:test|assessment|exam)"
_TEST_MINUTES = re.compile(
    rf"{_TEST}[^.;\n]{{0,40}}?\b([0-9]{{1,3}})[- ]?min|\b([0-9]{{1,3}})[- ]?min\w*"
    rf"[^.;\n]{{0,20}}{_TEST}",
    re.IGNORECASE,
)
_OPENINGS = re.compile(rf"\b({NUMBER}) (?:open )?(?:openings|positions|seats|vacancies)\b", re.I)
_CLOSES = re.compile(
    r"(?i:apply (?:by|before)|clos(?:es|ing)(?: date)?|deadline)[^.;\n0-9A-Z]{0,20}"
    r"(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})|"
    r"([A-Z][a-z]{2,8})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4}))"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def choices(text: Text) -> Iterator[Fact]:
    """One of a vocabulary, a topic each."""
    for topic, patterns in _PATTERNS.items():
        for slug, pattern in patterns:
            if match := pattern.search(text.low):
                yield Fact(topic, slug, text.quote(match.span()))
                break


def states(text: Text) -> Iterator[Fact]:
    """Lists of states, those where one may live and those where one may not."""
    for run in _RUN.finditer(text.plain):
        codes = _codes_of(run[0])
        before = text.plain[max(0, run.start() - 80) : run.start()].rpartition("\n")[2]
        if len(codes) < 3 and not _CUE.search(before) and not _EXCLUDED.search(before):
            continue
        excluded = bool(_EXCLUDED.search(before))
        topic = Topic.STATES_EXCLUDED if excluded else Topic.STATES
        yield Fact(topic, codes, text.quote(run.span()))


def place(text: Text) -> Fact | None:
    """ "Waterloo, IA 50701" """
    match = _PLACE.search(text.plain)
    if not match:
        return None
    code = match[2] if match[2] in STATES else _STATE_NAMES[match[2].lower()]
    zip_code = f" {match[3]}" if match[3] else ""
    return Fact(Topic.PLACE, f"{match[1]}, {code}{zip_code}", text.quote(match.span()))


def near_miles(text: Text) -> Fact | None:
    """ "must live within 60 miles" """
    match = _NEAR.search(text.plain)
    if not match or not 1 <= int(match[1]) <= MOST_MILES:
        return None
    return Fact(Topic.NEAR_MILES, int(match[1]), text.quote(match.span()))


def onsite_days(text: Text) -> Fact | None:
    """ "two days a week on site" """
    match = _ONSITE_DAYS.search(text.plain)
    days = number_of(match[1] or match[2]) if match else 0
    if not match or not 1 <= days <= WEEK:
        return None
    return Fact(Topic.ONSITE_DAYS, days, text.quote(match.span()))


def test_minutes(text: Text) -> Fact | None:
    """ "a coding test of 45 minutes" """
    match = _TEST_MINUTES.search(text.plain)
    minutes = int(match[1] or match[2]) if match else 0
    if not match or not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        return None
    return Fact(Topic.TEST_MINUTES, minutes, text.quote(match.span()))


def openings(text: Text) -> Fact | None:
    match = _OPENINGS.search(text.plain)
    number = number_of(match[1]) if match else 0
    if not match or not 1 <= number <= MOST_OPENINGS:
        return None
    return Fact(Topic.OPENINGS, number, text.quote(match.span()))


def closes_on(text: Text) -> Fact | None:
    match = _CLOSES.search(text.plain)
    if not match:
        return None
    year, month, day = match[1] or match[6] or match[9], match[2] or match[4], match[3] or match[5]
    if match[7]:
        word = match[7][:3].lower()
        month, day = str(_MONTHS.index(word) + 1 if word in _MONTHS else 0), match[8]
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return Fact(Topic.CLOSES_ON, found, text.quote(match.span()))


def _codes_of(run: str) -> tuple[str, ...]:
    words = re.findall(_STATE, run)
    return tuple(dict.fromkeys(w if w in STATES else _STATE_NAMES[w.lower()] for w in words))


_PATTERNS: Mapping[Topic, tuple[tuple[str, re.Pattern[str]], ...]] = MappingProxyType(
    {
        topic: tuple((slug, in_lower(pattern)) for slug, pattern in patterns)
        for topic, patterns in _CHOICES.items()
    }
)
