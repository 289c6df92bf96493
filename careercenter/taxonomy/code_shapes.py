"""What kinds of code a typed text has the shape of. Knows no list: most that fit are no codes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

LONGEST = 60  # characters; no code with its system's name is as long


class Kind(StrEnum):
    CPT = "cpt"
    OTHER_CPT = "cpt-other"  # four digits and a letter
    HCPCS = "hcpcs"
    DIAGNOSIS = "icd-10-cm"
    PROCEDURE = "icd-10-pcs"
    MS_DRG = "ms-drg"
    APR_DRG = "apr-drg"
    HCC = "hcc"
    SITE = "pos"
    ZIP = "zip"


HCC_VERSIONS = frozenset({"V22", "V24", "V28"})

# What can follow each section's character: so PCS is told from words and numbers of its length.
_BODY_SYSTEM = re.compile(
    "0[0-9B-DF-HJ-NP-Y]|10|2[WY]|3[0CE]|4[AB]|5A|6A|7W|8[CE]|9W|B[02-57-9BDFGHLNPQRTUVWY]"
    "|C[025789BDFGHPTVW]|D[0789BDFGHMPTUVW]|F[01]|GZ|HZ|X[02DFHKNRTWXY]"
)
_PROCEDURE = re.compile(
    f"(?={_BODY_SYSTEM.pattern})"
    "([156F]......|[0X]...[03478FX]..|[348]...[03478X]..|[27]...X..|9.B.X..|B.[0-5]....|C.[1-7]...."
    "|D.[012Y]....|[GH]...ZZZ)(?<=[0-9A-HJ-NP-Z]{7})"
)
_SHAPES: Mapping[Kind, re.Pattern[str]] = MappingProxyType(
    {
        Kind.CPT: re.compile("[0-9]{5}"),
        Kind.OTHER_CPT: re.compile("[0-9]{4}[FTUM]"),
        Kind.HCPCS: re.compile("[A-V][0-9]{4}"),
        Kind.HCC: re.compile("|".join(sorted(HCC_VERSIONS))),
        Kind.DIAGNOSIS: re.compile(r"[A-Z][0-9A][0-9A-Z](\.?[0-9A-Z]{1,4})?"),
        Kind.PROCEDURE: _PROCEDURE,
        Kind.ZIP: re.compile("[0-9]{5}"),
    }
)
# The same where the system's name is written before the code; the number of a DRG needs its name.
_NAMED_SHAPES: Mapping[Kind, re.Pattern[str]] = MappingProxyType(
    {
        **_SHAPES,
        Kind.HCC: re.compile(f"(?!0+$)[0-9]{{1,3}}|{_SHAPES[Kind.HCC].pattern}"),
        Kind.MS_DRG: re.compile("[0-9]{1,3}"),
        Kind.APR_DRG: re.compile("[0-9]{1,3}"),
        Kind.SITE: re.compile("[0-9]{1,2}"),
    }
)
_PCS_SHAPES = MappingProxyType(  # or the beginning of a code
    {Kind.PROCEDURE: re.compile("[0-9B-DF-HX][0-9A-HJ-NP-Z]{1,6}")}
)
_BEGUN = (Kind.CPT, Kind.OTHER_CPT, Kind.HCPCS, Kind.DIAGNOSIS, Kind.PROCEDURE, Kind.MS_DRG)
_BEGUN_PROCEDURE = re.compile("[0-9B-DF-HX][0-9A-HJ-NP-Z]{0,5}")
_MODIFIED = (Kind.CPT, Kind.OTHER_CPT, Kind.HCPCS)
_RANGED = (Kind.CPT, Kind.OTHER_CPT, Kind.HCPCS, Kind.DIAGNOSIS, Kind.MS_DRG)

_ICD = (Kind.DIAGNOSIS, Kind.PROCEDURE)
_SYSTEMS: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        "": tuple(_SHAPES),
        "CPT": (Kind.CPT, Kind.OTHER_CPT),
        "HCPCS": _MODIFIED,  # CPT is its first level
        **dict.fromkeys(["ICD", "ICD10"], _ICD),
        **dict.fromkeys(["ICDCM", "ICD10CM"], (Kind.DIAGNOSIS,)),
        **dict.fromkeys(["PCS", "ICDPCS", "ICD10PCS"], (Kind.PROCEDURE,)),
        **dict.fromkeys(["DRG", "MSDRG"], (Kind.MS_DRG,)),
        "APRDRG": (Kind.APR_DRG,),
        **dict.fromkeys(["HCC", "CMSHCC", "HHSHCC", "RXHCC"], (Kind.HCC,)),
        "POS": (Kind.SITE,),
        "ZIP": (Kind.ZIP,),
    }
)
_SYSTEM = (
    r"(?:(?P<system>CPT|HCPCS|ICD(?:[ -]?10)?(?:[ -]?(?:CM|PCS))?|PCS|(?:MS[ -]?|APR[ -]?)?DRG"
    r"|(?:(?:CMS|HHS)-?|RX)?HCC|POS|ZIP)[ :#-]{0,2})?"
)
_TYPED = re.compile(_SYSTEM + r"(?P<code>[0-9A-Z.]{1,8})(?:-(?P<tail>[0-9A-Z.]{2,8}))?")
# One that may stand in a sentence: it has a digit, and is no price, no time, no part of a word.
_WORD = re.compile(
    rf"(?<![\w.$]){_SYSTEM}(?P<code>(?=[A-Z.\-]*[0-9])[0-9A-Z](?:[0-9A-Z.\-]*[0-9A-Z])?)(?![.\-]*\w)"
    r"(?![+%]|[ -](?:years?|yrs?|months?|days?|hours?|hrs?)\b)",
    re.ASCII | re.IGNORECASE,
)
_QUOTED = re.compile('"[^"]*"?')
_SIGNS = str.maketrans({**dict.fromkeys("‐‑‒–—", "-"), **dict.fromkeys("“”", '"'), "®": " "})


@dataclass(frozen=True, slots=True)
class Typed:
    """``last`` is the end of a range, else the code itself; ``system`` as it is printed or ""."""

    kinds: tuple[Kind, ...]
    code: str
    last: str
    system: str = ""


def typed_code(text: str) -> Typed | None:
    """What the whole of ``text`` can be: "n135", "CPT 50706", "99213-25", "J9000–J9999"."""
    found = _TYPED.fullmatch(_plain(text))
    if not found:
        return None
    system, code, tail = _system(found["system"]), found["code"], found["tail"]
    shapes = _shapes(system)
    kinds = [kind for kind in _SYSTEMS[system] if shapes[kind].fullmatch(code)]
    last = code
    modified = [kind for kind in kinds if kind in _MODIFIED]
    if tail and len(tail) == 2 and modified:  # a modifier
        kinds = modified
    elif tail and len(tail) == 4 and Kind.ZIP in kinds:  # ZIP+4
        kinds = [Kind.ZIP]
    elif tail:
        last = tail
        kinds = [kind for kind in kinds if kind in _RANGED and shapes[kind].fullmatch(last)]
    ordered = code.zfill(3) <= last.zfill(3)
    return Typed(tuple(kinds), code, last, system) if kinds and ordered else None


def begun_code(text: str) -> Typed | None:
    """What codes ``text`` can be the beginning of: two characters or more, one of them a digit."""
    found = _TYPED.fullmatch(_plain(text))
    if not found or found["tail"] or not re.search("[0-9]", found["code"]):
        return None
    system, code = _system(found["system"]), found["code"]
    if not system and len(code) < 2:
        return None
    kinds = _SYSTEMS[system] if system else _BEGUN
    if not (_BEGUN_PROCEDURE.fullmatch(code) and (system or _BODY_SYSTEM.match(code))):
        kinds = tuple(kind for kind in kinds if kind is not Kind.PROCEDURE)
    return Typed(kinds, code, code, system)


def code_words(text: str) -> Iterator[tuple[int, int]]:
    """Where in ``text`` words are that may be codes, outside quotation marks.

    A code with its system's name comes before the code alone, which begins later and ends as it.
    """
    plain = text.translate(_SIGNS)
    plain = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), plain)
    for found in _WORD.finditer(plain):
        yield found.span()
        if found["system"]:
            yield found.span("code")


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    return " ".join(text.translate(_SIGNS).upper().split()).rstrip(".,;:!?")


def _shapes(system: str) -> Mapping[Kind, re.Pattern[str]]:
    if system.endswith("PCS"):
        return _PCS_SHAPES
    return _NAMED_SHAPES if system else _SHAPES


def _system(written: str | None) -> str:
    return re.sub("[ -]", "", written or "")
