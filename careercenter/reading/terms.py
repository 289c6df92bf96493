"""The vocabulary's words in a text: coding types, specialties, software, code sets."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from careercenter.reading.models import Fact, Topic
from careercenter.reading.text import Text, any_of, in_lower, lower
from careercenter.taxonomy.terms import Term
from careercenter.taxonomy.vocabularies import CODE_SETS, CODING_TYPES, SOFTWARE, SPECIALTIES

MOST = 8  # of one kind; a text that names more is a list of everything

# Too common as a plain word, or as the name of something else.
_NOT_SPECIALTIES = {"id", "im", "fp", "ir", "pla", "vision", "hearing", "heart", "lung", "burn"} | {
    "dental", "dme", "eye", "imaging", "leveling", "rehab therapy", "hospitalist", "inpatient e/m",
    "ed", "er", "home health", "pdgm", "oasis", "snf", "pdpm", "ltc", "therapy", "category iii",
    "new technology", "quality reporting", "pharmacy", "cdt", "rad", "ep", "walk-in", "lab",
    "cardio", "psych",
}  # fmt: skip
_NOT_SOFTWARE = {"artifact", "ema", "thrive", "evident", "hst", "pcc", "fusion cac", "nym"}
_NOT_CODE_SETS = {"pcs", "dx", "e&m"}

# What one coding type is called in advertisements; its own aliases are too short to be sure.
_CODING_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "profee": r"pro-?\s?fee|professional[- ]fee|physician[- ](?:based )?coding|"
        r"professional (?:services )?coding|office(?:,| and) procedure",
        "em-leveling": r"E\s?[/&]\s?M levell?ing",
        "facility-inpatient": r"(?:acute |hospital |facility )?inpatient"
        r"(?! (?:round|visit|consult|E/M))|(?:MS|APR)-?DRGs?|(?<!-)\bDRG (?:coding|and severity)",
        "facility-outpatient": r"(?:facility|hospital) outpatient|outpatient (?:facility|hospital|"
        r"coder|coding|record|surg)|some outpatient|HOPD|OPPS",
        "same-day-surgery": r"same[- ]day surger(?:y|ies)",
        "observation": r"observation (?:coding|record|stay|chart|account)s?",
        "ancillary-diagnostic": r"ancillary|recurring accounts?|diagnostic (?:coding|accounts?)",
        "asc": r"ambulatory surg(?:ery|ical) centers?|ASC\b",
        "clinic-fqhc-rhc": r"FQHC\b|rural health clinic|community health center",
        "risk-adjustment": r"risk[- ]adjustment|HCCs?\b|V2[48]\b|RAF\b",
        "radv-audit": r"RADV\b",
        "home-health": r"home[- ]?(?:health|care) (?:cod|OASIS|agency|record)|OASIS\b|PDGM\b",
        "hospice": r"hospice",
        "snf": r"skilled nursing|SNF\b|PDPM\b",
        "irf-ltach": r"IRF\b|LTACH?\b|inpatient rehab",
        "behavioral-facility": r"psychiatric (?:facility|hospital)|residential treatment",
        "dialysis": r"dialysis (?:coding|cent|claim)|ESRD-PPS\b",
        "dme-supply": r"DME(?:POS)?\b",
        "dental-claims": r"dental (?:coding|claims)",
        "payer-review": r"payment integrity|payer (?:claim|DRG) review",
        "quality-abstraction": r"HEDIS\b|quality abstract|registry abstract|core measures",
        "workers-comp-auto": r"workers'? comp(?:ensation)? (?:coding|claims|billing)",
    }
)
_IN_WORD = re.compile(r"\w")
_EMERGENCY = re.compile(r"emergency (?:department|room)|\bED\b (?:cod|facility|pro)", re.IGNORECASE)
_BENEFITS = re.compile(r"benefits?\b|insurance|401|\bPTO\b|paid time off|dental", re.IGNORECASE)

Found = dict[str, tuple[int, int]]  # slug → where it was met first


def coding_types(text: Text) -> Fact | None:
    found: Found = {}
    for slug, pattern in _CODING_TYPE_PATTERNS.items():
        if match := _search_words(pattern, text.low):
            found[slug] = match.span()
    if match := _EMERGENCY.search(text.plain):
        found["ed-profee" if "profee" in found else "ed-facility"] = match.span()
    if "profee" in found and "facility-inpatient" in found and not _says_facility(text):
        del found["facility-inpatient"]
    return _fact(Topic.CODING_TYPES, found, text)


def _says_facility(text: Text) -> bool:
    """Physicians see inpatients too: beside profee work "inpatient" alone is not the hospital's."""
    return bool(re.search(r"facility|DRG|ICD-10-PCS|PCS\b|hospital inpatient", text.plain))


def specialties(text: Text) -> Fact | None:
    """Not in what is said of benefits: dental is no work there."""
    plain = text.plain
    for clause in text.clauses:
        if _BENEFITS.search(clause):
            end = clause.begins + len(clause)
            plain = plain[: clause.begins] + " " * len(clause) + plain[end:]
    return _fact(Topic.SPECIALTIES, _search(_SPECIALTY_PATTERN, _SPECIALTY_OF, plain), text)


def software(text: Text) -> Fact | None:
    return _fact(Topic.SOFTWARE, _search(_SOFTWARE_PATTERN, _SOFTWARE_OF, text.plain), text)


def code_sets(text: Text, known: Iterable[str]) -> Fact | None:
    """Those that the coding types in ``known`` do not bring along."""
    implied = {s for slug in known for s in CODING_TYPES[slug].code_sets}
    found = _search(_CODE_SET_PATTERN, _CODE_SET_OF, text.plain)
    return _fact(Topic.CODE_SETS, {s: at for s, at in found.items() if s not in implied}, text)


def topics_in(part: str) -> tuple[str, ...]:
    """The coding types, else the specialties, that a part of a text names."""
    low = lower(part)
    types = [slug for slug, pattern in _CODING_TYPE_PATTERNS.items() if _search_words(pattern, low)]
    return tuple(types or _search(_SPECIALTY_PATTERN, _SPECIALTY_OF, part))


def _search_words(pattern: re.Pattern[str], low: str) -> re.Match[str] | None:
    """The first match at the beginning of a word. Looking back inside the pattern is far slower."""
    match = pattern.search(low)
    while match and match.start() and _IN_WORD.match(low, match.start() - 1):
        match = pattern.search(low, match.start() + 1)
    return match


def _search(pattern: re.Pattern[str], slug_of: Mapping[str, str], plain: str) -> Found:
    found: Found = {}
    for match in pattern.finditer(plain):
        word = match[0]
        slug = slug_of.get(word) or slug_of.get(word.lower())
        if slug:
            found.setdefault(slug, match.span())
    return found


def _fact(topic: Topic, found: Found, text: Text) -> Fact | None:
    if not found:
        return None
    kept = sorted(found.items(), key=lambda item: item[1])[:MOST]
    return Fact(topic, tuple(slug for slug, _ in kept), text.quote(*(at for _, at in kept)))


def _words(
    terms: Mapping[str, Term], refused: Iterable[str], exact: Callable[[str], bool]
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern for every name and alias, the longest first, and what each means."""
    slug_of: dict[str, str] = {}
    for slug, term in terms.items():
        for word in (term.name, *term.aliases):
            if word.lower() not in refused:
                slug_of.setdefault(word if exact(word) else word.lower(), slug)
    body = any_of(slug_of, exact)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w-])"), MappingProxyType(slug_of)


def _short(word: str) -> bool:
    """Capitals of up to five letters count only as capitals."""
    return len(word) <= 5 and word.upper() == word


_CODING_TYPE_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {slug: in_lower(pattern) for slug, pattern in _CODING_TYPES.items()}
)
_SPECIALTY_PATTERN, _SPECIALTY_OF = _words(SPECIALTIES, _NOT_SPECIALTIES, _short)
_SOFTWARE_PATTERN, _SOFTWARE_OF = _words(SOFTWARE, _NOT_SOFTWARE, lambda word: True)
_CODE_SET_PATTERN, _CODE_SET_OF = _words(CODE_SETS, _NOT_CODE_SETS, _short)
