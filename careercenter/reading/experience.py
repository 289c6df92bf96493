"""Years, apprentices, the role and the title."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from careercenter.reading.models import Fact, Topic
from careercenter.reading.terms import topics_in
from careercenter.reading.text import NUMBER, Text, in_lower, lower, number_of

LONGEST_TITLE = 100
MOST_YEARS = 15  # more is the age of the organization
MOST_LINES = 3

_YEARS = re.compile(
    rf"(?<![\w$.,-])({NUMBER})\s*(?:\+|plus|or more)?(?:\s*(?:-|to)\s*[0-9]+)?\s*\+?\s*years?\b"
    r"(?!\s+(?:old|ago|in business|of growth|of service to))(?:'s?)?",
    re.IGNORECASE,
)
_OTHER_YEARS = re.compile(
    r"(?:within(?: the first)?|over the (?:last|past)|the past|for (?:over|more than|nearly)|"
    r"(?:business|operation|operating|open) for|every|each|once)\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?:job title|position|title|role)\s*[:\-]\s*", re.IGNORECASE)
_APPRENTICE_WORD = r"(?:apprentices?|CPC-A|COC-A|CCA|new (?:coders?|grad\w*)|newly certified)"
_APPRENTICE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (answer, in_lower(pattern))
    for answer, pattern in (
        ("case-by-case", rf"{_APPRENTICE_WORD}[^.;\n]{{0,40}}case[- ]by[- ]case"),
        (
            "no",
            rf"\bno {_APPRENTICE_WORD}|{_APPRENTICE_WORD}[^.;\n]{{0,30}}(?:\bnot\b|cannot|can't|"
            rf"ineligible)|(?:\bnot\b|cannot|unable)[^.;\n]{{0,30}}{_APPRENTICE_WORD}",
        ),
        (
            "yes",
            rf"{_APPRENTICE_WORD}[^.;\n]{{0,40}}(?:welcome|accept|consider|encourage|eligible|ok\b)"
            rf"|(?:welcome|accept|consider)\w*[^.;\n]{{0,20}}{_APPRENTICE_WORD}|will train|"
            r"no experience (?:is )?(?:needed|necessary|required)|entry[- ]level",
        ),
    )
)
# The more special first: a "coding auditor and educator" audits, an "inpatient coder" codes.
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "ai-coding-validator": r"\bAI\b[^.\n]{0,20}cod(?:er|ing)|autonomous coding",
        "cdi-second-level": r"CDI second[- ]level|second[- ]level (?:CDI )?review",
        "drg-validator": r"(?:DRG|clinical) valid",
        "oasis-mds-reviewer": r"OASIS review|MDS (?:coordinator|review)|OASIS (?:QA|special)",
        "tumor-registrar": r"tumor registr|cancer registr|oncology data",
        "risk-adjustment-reviewer": r"(?:risk adjustment|HCC|RADV) (?:cod|review|audit|special)",
        "him-director": r"director of (?:HIM|coding|revenue)|(?:HIM|coding) director",
        "coding-manager": r"coding manager|manager of coding|manager,? coding",
        "coding-supervisor": r"coding supervisor|supervisor of coding|supervisor,? coding",
        "coding-auditor": r"cod(?:ing|er) (?:quality |compliance )?audit|audit(?:or)? (?:and|,|/) ",
        "cdi-specialist": r"\bCDI\b|clinical documentation (?:integrity |improvement )?special",
        "provider-educator": r"provider (?:documentation )?(?:educator|liaison)|physician educat",
        "coding-educator": r"coding (?:educator|trainer|instructor)",
        "appeals-specialist": r"appeals? (?:writer|special|coordinator)|clinical appeals",
        "denials-specialist": r"denials? (?:special|analyst|manage|coord)",
        "ar-follow-up": r"\bA/?R\b (?:follow|special)|accounts receivable|insurance follow",
        "payment-poster": r"payment post|cash post",
        "charge-capture": r"charge (?:capture|entry|reconcil)",
        "cdm-analyst": r"charge ?master|\bCDM\b",
        "revenue-integrity": r"revenue integrity|charge integrity",
        "abstractor": r"abstractor|HEDIS (?:review|abstract)",
        "compliance": r"compliance (?:analyst|officer|special)",
        "privacy-officer": r"privacy (?:officer|analyst)",
        "coder-trainee": r"apprentice|trainee|entry[- ]level (?:\w+ )?cod|junior coder",
        "coder-lead": r"lead (?:\w+ ){0,2}coder|team lead|coding lead",
        "biller": r"\bbiller\b|billing special",
        "him-technician": r"HIM tech|release of information|medical records (?:clerk|tech)",
        "data-analyst": r"data analyst",
        "consultant": r"coding consultant",
        "coder": r"\bcoders?\b|coding special|medical coding",
    }
)


def title(text: Text) -> Fact | None:
    """The first line, where it can be one: short, and not a sentence."""
    if not text.lines:
        return None
    first = text.lines[0]
    label = _LABEL.match(first)
    words = first[label.end() :].strip(" *#_\t") if label else first.strip(" *#_\t")
    sentence = words.endswith((".", "!", "?", ":")) or len(words.split()) > 14
    if not 3 <= len(words) <= LONGEST_TITLE or (sentence and not label) or words not in first:
        return None
    return Fact(Topic.TITLE, words, (words,))


def role(text: Text) -> Fact | None:
    """From the first line that says one, the title above all."""
    for line in text.lines[:12]:
        low = lower(line)
        for slug, pattern in _ROLE_PATTERNS.items():
            if match := pattern.search(low):
                return Fact(Topic.ROLE, slug, (line[slice(*match.span())].strip(),))
    return None


def apprentice(text: Text) -> Fact | None:
    for answer, pattern in _APPRENTICE:
        if match := pattern.search(text.low):
            return Fact(Topic.APPRENTICE, answer, text.quote(match.span()))
    return None


def years(text: Text) -> tuple[Fact, ...]:
    """Overall, and in coding types and specialties."""
    overall: Fact | None = None
    lines: dict[str, int] = {}
    spans: list[tuple[int, int]] = []
    for clause in text.clauses:
        for match in _YEARS.finditer(clause):
            number = number_of(match[1])
            if number > MOST_YEARS or _OTHER_YEARS.search(clause[: match.start()]):
                continue
            what = re.split(r",|\band\b|\bplus\b", clause[match.end() : match.end() + 60])[0]
            at = clause.begins + match.start()
            span = (at, clause.begins + match.end() + len(what))
            topics = topics_in(what)[:1]
            if topics and topics[0] not in lines and len(lines) < MOST_LINES:
                lines[topics[0]] = number
                spans.append(span)
            elif not topics and overall is None:
                overall = Fact(Topic.YEARS, number, text.quote(span))
    inside = Fact(Topic.YEARS_IN, tuple(lines.items()), text.quote(*spans)) if lines else None
    return tuple(fact for fact in (overall, inside) if fact)


_ROLE_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {slug: in_lower(pattern) for slug, pattern in _ROLES.items()}
)
