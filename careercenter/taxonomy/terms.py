"""The shapes of the trade's words. A slug is lower case with hyphens and stable for ever.

``confirmed`` is False where no issuer's, agency's or product's own text could be found for a fact.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """``name`` is what pages show; ``aliases`` are other spellings people type or import."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(Term):
    abbr: str  # "CPC"
    issuer: str  # slug
    family: str
    apprentice_of: str | None  # CPC-A → "cpc"
    covers: tuple[str, ...]  # code sets and topics
    coding_types: tuple[str, ...]
    specialties: tuple[str, ...]
    level: str  # apprentice | entry | experienced | specialty | advanced | degree
    cycle_months: int | None  # between renewals
    ceu_required: int | None  # in a cycle, for a first credential
    status: str  # active | legacy | alias
    alias_of: str | None  # the credential that it is read as

    @property
    def pickable(self) -> bool:
        """Fit for pick lists. The rest are understood where people already wrote them."""
        return self.status == "active" and self.alias_of is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfies:
    """A holder of ``credential`` is taken to meet a requirement for ``satisfies``.

    ``holder-of-implies``: always. ``commonly-accepted-alternative``: some employers do, on
    ``condition``; the board only hints at it.
    """

    credential: str
    satisfies: str
    kind: str
    condition: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer(Term):
    verification: str  # how a stranger can check a holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Term):
    """What the person does."""

    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingType(Term):
    """Which record, and which payment setting."""

    side: str  # profee | facility | other
    code_sets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialty(Term):
    parent: str  # a specialty, or a group heading


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSet(Term):
    kind: str  # code-set | rules | payment | risk-model | assessment | quality
    owner: str
    use: str  # may its text be copied


@dataclass(frozen=True, slots=True, kw_only=True)
class Software(Term):
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSetting(Term):
    remote: str  # yes | partly | no
    needs_state_list: bool  # the posting must say where one may live


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerKind(Term):
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentType(Term):
    schema_org: str  # the employmentType of schema.org
    tax_form: str  # w2 | 1099 | "" where the kind does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Term):
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening(Term):
    """What is checked of whom one hires."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceLevel(Term):
    min_years: int | None
    max_years: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayUnit(Term):
    needs_pace: bool  # paid by the piece: says nothing without pieces an hour
    needs_floor: bool  # should state the hourly pay that is guaranteed

    only_floor: bool  # no pace makes it hourly: what is guaranteed by the hour stands for it

    @property
    def piece(self) -> str:
        """What is counted: "chart"."""
        return self.slug.removeprefix("per-")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    code: str  # as the Postal Service writes it: "IA"
    name: str
    region: str
    kind: str  # state | district | territory | armed-forces


@dataclass(frozen=True, slots=True, kw_only=True)
class PayLaw:
    """What a state asks of a posting's pay. Read from summaries: not legal advice."""

    state: str
    requires_range: str  # yes | on-request | after-interview
    scope: str
    remote_rule: str
    effective_on: str  # ISO date, or "" where the day is not known
    source: str
    confirmed: bool
    note: str
    also: tuple[str, ...] = ()  # benefits | other-pay | deadline: to be said beside the range
    also_confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Productivity:
    """What is commonly asked of a coder; a plausibility check, not a standard."""

    coding_type: str
    unit: str
    per: str  # hour | day
    low: Decimal
    typical: Decimal
    high: Decimal
    source: str
    confirmed: bool
    specialty: str
    role: str
    note: str
