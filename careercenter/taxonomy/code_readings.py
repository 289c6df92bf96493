"""What one code of a known kind means, in words and as slugs to filter by."""

import re
from dataclasses import dataclass

from careercenter.taxonomy import code_tables as tables
from careercenter.taxonomy.code_shapes import HCC_VERSIONS, Kind, Typed
from careercenter.taxonomy.code_tables import CodeRange, Edition
from careercenter.taxonomy.vocabularies import CODING_TYPES, SPECIALTIES, STATES

_NAMES = {"Category", "Mohs"}  # first words of topics that keep their capital within a sentence
_ANESTHESIA = (("00100", "01999"), ("99100", "99140"))
# A code seldom proves a coding type: the same number is worked for the physician and the hospital.
_HCPCS_CODING_TYPES = {
    "C": ("facility-outpatient",),
    "D": ("dental-claims",),
    **dict.fromkeys("EKL", ("dme-supply",)),
}
_HCC_NAMES = {"CMSHCC": "CMS-HCC", "HHSHCC": "HHS-HCC", "RXHCC": "RxHCC"}


@dataclass(frozen=True, slots=True)
class Reading:
    """``code`` is in print, and ``Codes.read`` reads it alike. Specialties and coding types: slugs.

    ``newer`` says that the list of our edition lacks the code, and its category or MDC answers.
    ``coding_types`` are alternatives. A ZIP code, an HCC and a place of service have no specialty.
    """

    kind: Kind
    code: str
    meaning: str  # "CPT number in the ureter range"
    primary: str | None = None
    secondary: tuple[str, ...] = ()
    coding_types: tuple[str, ...] = ()
    newer: bool = False

    @property
    def specialties(self) -> tuple[str, ...]:
        """The primary one first."""
        return (self.primary, *self.secondary) if self.primary else ()

    @property
    def edition(self) -> Edition:
        return tables.EDITIONS[self.kind]

    @property
    def line(self) -> str:
        """In plain words: "CPT number in the ureter range → Urology"."""
        leads = [SPECIALTIES[self.primary].name] if self.primary else []
        if self.coding_types:
            leads.append(" or ".join(CODING_TYPES[slug].name for slug in self.coding_types))
        return f"{self.meaning} → {'; '.join(dict.fromkeys(leads))}" if leads else self.meaning


def cpt(first: str, last: str) -> Reading | None:
    row = tables.cpt().narrowest(first, last)
    if row is None:
        return None
    anesthesia = any(low <= first and last <= high for low, high in _ANESTHESIA)
    types = ("profee",) if anesthesia else ()
    return _of_range(Kind.CPT, "CPT", first, last, row, types)


def other_cpt(first: str, last: str) -> Reading | None:
    row = tables.other_cpt()[first[-1]]
    if first < row.first or last[-1] != first[-1]:
        return None
    return _of_range(Kind.OTHER_CPT, "CPT", first, last, row)


def hcpcs(first: str, last: str) -> Reading | None:
    row = tables.hcpcs().narrowest(first, last)
    if row is None:
        return None
    types = _HCPCS_CODING_TYPES.get(first[0], ())
    return _of_range(Kind.HCPCS, "HCPCS", first, last, row, types)


def diagnosis(code: str, title: str) -> Reading | None:
    return _diagnosis(code, f"ICD-10-CM {code}: {title}")


def newer_diagnosis(code: str, category_title: str) -> Reading | None:
    edition = tables.EDITIONS[Kind.DIAGNOSIS].name
    about = f"not in our list ({edition}); its category {code[:3]} is “{category_title}”"
    return _diagnosis(code, f"ICD-10-CM {code}: {about}", newer=True)


def diagnoses(first: str, last: str) -> Reading | None:
    """A range of codes or categories."""
    row = tables.icd10cm().narrowest(first[:3], last[:3])
    if row is None:
        return None
    meaning = f"ICD-10-CM codes in {_the(row.topic, 'block')}"
    return Reading(Kind.DIAGNOSIS, f"{first}–{last}", meaning, row.primary, row.secondary)


def procedure(code: str) -> Reading | None:
    """Of a whole ICD-10-PCS code, or of what such codes begin with."""
    systems = tables.icd10pcs()
    row = systems.get(code[:2]) or systems.get(code[:1])
    if row is None:
        return None
    meaning = f"ICD-10-PCS {code}: {_bare(row.topic)}"
    printed = code if len(code) == 7 else f"PCS {code}"
    types = ("facility-inpatient",)
    return Reading(Kind.PROCEDURE, printed, meaning, row.primary, row.secondary, types)


def ms_drg(first: str, last: str) -> Reading | None:
    first, last = first.zfill(3), last.zfill(3)
    row = tables.msdrg().narrowest(first, last)
    if row is None:
        return None
    title = tables.msdrg_titles().get(first) if first == last else None
    numbers = _span(first, last)
    mdc = "" if row.mdc == "--" else f" (MDC {row.mdc})"
    meaning = f"MS-DRG {numbers}{mdc}: {title or _bare(row.topic)}"
    newer = first == last and not title
    if newer:
        meaning += f", by its number; not in our list ({tables.EDITIONS[Kind.MS_DRG].name})"
    types = ("facility-inpatient",)
    return Reading(Kind.MS_DRG, f"DRG {numbers}", meaning, row.primary, row.secondary, types, newer)


def apr_drg(number: str) -> Reading:
    number = number.zfill(3)
    meaning = f"APR-DRG {number}: numbers of its own, which are licensed"
    return Reading(Kind.APR_DRG, f"APR-DRG {number}", meaning, coding_types=("facility-inpatient",))


def hcc(typed: Typed) -> Reading:
    code, meaning = typed.code, f"{typed.code}: a version of the CMS-HCC risk adjustment model"
    if code not in HCC_VERSIONS:
        code = f"{_HCC_NAMES.get(typed.system, 'HCC')} {int(code)}"
        meaning = f"{code}: a risk adjustment category; each model numbers its own"
    return Reading(Kind.HCC, code, meaning, coding_types=("risk-adjustment",))


def site(number: str) -> Reading | None:
    number = number.zfill(2)
    found = tables.sites().get(number)
    if found is None:
        return None
    meaning = f"Place of service {number}: {found.setting}"
    return Reading(Kind.SITE, f"POS {number}", meaning, coding_types=found.coding_types)


def zip_code(code: str, city: str, state: str) -> Reading:
    return Reading(Kind.ZIP, code, f"ZIP code of {city}, {STATES[state].name}")


def _diagnosis(code: str, meaning: str, *, newer: bool = False) -> Reading | None:
    row = tables.icd10cm().narrowest(code[:3], code[:3])
    if row is None:
        return None
    return Reading(Kind.DIAGNOSIS, code, meaning, row.primary, row.secondary, newer=newer)


def _of_range(
    kind: Kind,
    system: str,
    first: str,
    last: str,
    row: CodeRange,
    coding_types: tuple[str, ...] = (),
) -> Reading:
    numbers = "number" if first == last else "numbers"
    meaning = f"{system} {numbers} in {_the(row.topic, 'range')}"
    code = _span(first, last)
    return Reading(kind, code, meaning, row.primary, row.secondary, coding_types)


def _the(topic: str, noun: str) -> str:
    """ "the ureter range", or "the range “Needle biopsy, drainage”" where words would pile up."""
    topic = _bare(topic)
    if "," in topic:
        return f"the {noun} “{topic}”"
    if topic[1:2].islower() and topic.split()[0] not in _NAMES:
        topic = topic[0].lower() + topic[1:]
    return f"the {topic} {noun}"


def _bare(topic: str) -> str:
    return re.sub(r" \([^)]*\)", "", topic)


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
