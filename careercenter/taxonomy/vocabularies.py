"""The vocabularies of medical coding, loaded once from the tables in ``data``, in file order.

A listing has a role (what the person does), coding types (which records and payment settings) and
specialties (which anatomy or service line): three facets, never one list.
"""

from collections.abc import Mapping
from types import MappingProxyType

from careercenter.taxonomy.loading import keyed, listed, records, rows
from careercenter.taxonomy.terms import (
    CodeSet,
    CodingType,
    Credential,
    EmployerKind,
    EmploymentType,
    ExperienceLevel,
    Issuer,
    PayLaw,
    PayUnit,
    Productivity,
    Role,
    Satisfies,
    Screening,
    Shift,
    Software,
    Specialty,
    State,
    Term,
    WorkSetting,
)

ISSUERS = keyed(Issuer, "issuers")
CREDENTIALS = keyed(Credential, "credentials")
PICKABLE_CREDENTIALS: Mapping[str, Credential] = MappingProxyType(
    {slug: c for slug, c in CREDENTIALS.items() if c.pickable}
)
SATISFIES = records(Satisfies, "credential_satisfies")
ROLES = keyed(Role, "roles")
CODING_TYPES = keyed(CodingType, "coding_types")
SPECIALTY_GROUPS = keyed(Term, "specialty_groups")  # headings of pick lists, not choices
SPECIALTIES = keyed(Specialty, "specialties")
CODE_SETS = keyed(CodeSet, "code_sets")
SOFTWARE = keyed(Software, "software")
WORK_SETTINGS = keyed(WorkSetting, "work_settings")
EMPLOYER_KINDS = keyed(EmployerKind, "employer_kinds")
EMPLOYMENT_TYPES = keyed(EmploymentType, "employment_types")
SHIFTS = keyed(Shift, "shifts")
EXPERIENCE_LEVELS = keyed(ExperienceLevel, "experience_levels")
PAY_UNITS = keyed(PayUnit, "pay_units")
BONUSES = keyed(Term, "bonus_kinds")
BENEFITS = keyed(Term, "benefits")
SCREENINGS = keyed(Screening, "screenings")
STATES = keyed(State, "states", key="code")
FIFTY_AND_DC = tuple(s.code for s in STATES.values() if s.kind in ("state", "district"))
PAY_LAWS = keyed(PayLaw, "pay_transparency", key="state")
PRODUCTIVITY = records(Productivity, "productivity")

APPRENTICE_ANSWERS: Mapping[str, Term] = MappingProxyType(
    {
        "yes": Term(slug="yes", name="Apprentices welcome"),
        "no": Term(slug="no", name="No apprentices"),
        "case-by-case": Term(slug="case-by-case", name="Case by case"),
    }
)


def specialty_with_parents(slug: str) -> tuple[str, ...]:
    """The specialty, then the wider specialties it belongs to. Raises KeyError for others."""
    parent = SPECIALTIES[slug].parent
    return (slug, *specialty_with_parents(parent)) if parent in SPECIALTIES else (slug,)


def _synonyms() -> Mapping[str, tuple[str, ...]]:
    """A one-way row leads from its term; in a two-way row each word leads to all the others."""
    found: dict[str, dict[str, None]] = {}  # dictionaries as sets that keep their order
    for row in rows("synonyms"):
        words = listed(f"{row['term']},{row['equivalents']}".lower())
        for word in words if row["kind"] == "two-way" else words[:1]:
            others = (other for other in words if other != word)
            found.setdefault(word, {}).update(dict.fromkeys(others))
    return MappingProxyType({word: tuple(others) for word, others in found.items()})


SYNONYMS = _synonyms()
"""Lower-cased word or phrase → its lower-cased equivalents."""
