"""What a posting asks for: "(CPC or CCS-P) and CRC within 6 months of hire".

A requirement is an AND of ORs. Only credentials that always include another (an RHIA holder meets
RHIT, a CPC holder meets CPC-A) count as it; what some employers accept instead does not, and an
apprentice's credential never stands for the full one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import prod
from types import MappingProxyType

from careercenter.errors import Invalid
from careercenter.taxonomy.requirement_text import read
from careercenter.taxonomy.vocabularies import CREDENTIALS, SATISFIES

MOST_MONTHS = 60
MOST_COMBINATIONS = 500  # ways to meet a requirement: keeps ``fit_keys`` small


@dataclass(frozen=True, slots=True)
class Alternative:
    """A credential's slug; ``within_months`` of hire where it may be earned on the job."""

    credential: str
    within_months: int | None = None


Group = tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Every group must be met, by any of its alternatives. No groups: nothing is asked."""

    groups: tuple[Group, ...] = ()


class Status(StrEnum):
    MET = "met"
    LATER = "later"  # not held, but may be earned after the hire
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """How one group stands. ``text`` is the group in words; ``by`` the slug that meets it.

    ``lacking`` names what is not held (of a ``later`` line: what may follow) and ``within_months``
    is the shortest time allowed for it.
    """

    text: str
    status: Status
    by: str | None = None
    lacking: str = ""
    within_months: int | None = None


def _closure(slug: str, table: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The slug and all that lead to it, nearest first."""
    found = [slug]
    for known in found:  # grows as it is walked
        found += [further for further in table.get(known, ()) if further not in found]
    return tuple(found)


def _accepted() -> Mapping[str, tuple[str, ...]]:
    implied_by: dict[str, list[str]] = {}
    for row in SATISFIES:
        if row.kind == "holder-of-implies":
            implied_by.setdefault(row.satisfies, []).append(row.credential)
    return MappingProxyType({slug: _closure(slug, implied_by) for slug in CREDENTIALS})


ACCEPTED = _accepted()
"""Credential → the credentials whose holders meet it, itself first."""


def parse(text: str) -> Requirement:
    """The requirement that ``text`` says; blank asks for nothing. Raises Invalid.

    Credentials go by slug, abbreviation or alias in any case; ``requirement_text`` has the grammar.
    """
    groups = (tuple(Alternative(*words) for words in group) for group in read(text))
    requirement = Requirement(tuple(groups))
    check(requirement)
    return requirement


def check(requirement: Requirement) -> None:
    """Raises Invalid (field "requirement") where it breaks a rule ``parse`` would hold it to."""
    for alternative in (a for group in requirement.groups for a in group):
        months = alternative.within_months
        if alternative.credential not in CREDENTIALS:
            raise Invalid(f"“{alternative.credential}” is not a known credential.", "requirement")
        if months is not None and not 1 <= months <= MOST_MONTHS:
            raise Invalid(f"Allow from 1 to {MOST_MONTHS} months after hire.", "requirement")
    if prod(len(group) for group in requirement.groups) > MOST_COMBINATIONS:
        raise Invalid("That is too many combinations. Ask for fewer credentials.", "requirement")
    if not all(requirement.groups):
        raise Invalid("Each part of the requirement needs a credential.", "requirement")


def sentence(requirement: Requirement) -> str:
    """The requirement as ``parse`` reads it; "" where nothing is asked."""
    if len(requirement.groups) == 1:
        return _group_text(requirement.groups[0])
    return " and ".join(_group_text(group, inside=True) for group in requirement.groups)


def explain(requirement: Requirement, held: Collection[str]) -> tuple[Line, ...]:
    """One line a group. ``held``: slugs of the credentials that the person holds and may use."""
    return tuple(_line(group, held) for group in requirement.groups)


def summary(lines: tuple[Line, ...]) -> str:
    """ "You meet 1 of 2: CRC missing, accepted within 6 months" """
    if not lines:
        return "No credential is asked for"
    met = sum(line.status is Status.MET for line in lines)
    gaps = [_gap(line) for line in lines if line.status is not Status.MET]
    return f"You meet {met} of {len(lines)}" + (f": {'; '.join(gaps)}" if gaps else "")


def fit_keys(requirement: Requirement, *, today: bool) -> frozenset[frozenset[str]]:
    """The smallest sets of credentials that do: a holder of all in any one of them fits.

    ``today``: what must be held on the day of the hire. Otherwise: what must be held in the end.
    """
    keys: frozenset[frozenset[str]] = frozenset({frozenset()})
    for group in requirement.groups:
        if today and any(a.within_months is not None for a in group):
            continue
        options = {slug for a in group for slug in ACCEPTED[a.credential]}
        keys = _smallest(key if key & options else key | {o} for key in keys for o in options)
    return keys


def _smallest(keys: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    """Without the keys that hold another key, and more."""
    kept: list[frozenset[str]] = []
    for key in sorted(set(keys), key=len):
        if not any(smaller <= key for smaller in kept):
            kept.append(key)
    return frozenset(kept)


def _line(group: Group, held: Collection[str]) -> Line:
    text = _group_text(group)
    for alternative in group:
        for slug in ACCEPTED[alternative.credential]:
            if slug in held:
                return Line(text, Status.MET, by=slug)
    later = {a: a.within_months for a in group if a.within_months is not None}
    if later:
        return Line(text, Status.LATER, lacking=_names(later), within_months=min(later.values()))
    return Line(text, Status.MISSING, lacking=_names(group))


def _gap(line: Line) -> str:
    if line.within_months is None:
        return f"{line.lacking} missing"
    return f"{line.lacking} missing, accepted within {_months(line.within_months)}"


def _group_text(group: Group, *, inside: bool = False) -> str:
    """With brackets where the group would otherwise run into what stands beside it."""
    shared = {a.within_months for a in group}
    if len(group) > 1 and len(shared) == 1 and None not in shared:
        return f"({_names(group)}){_deadline(group[0])}"
    text = " or ".join(CREDENTIALS[a.credential].abbr + _deadline(a) for a in group)
    return f"({text})" if inside and len(group) > 1 else text


def _names(group: Iterable[Alternative]) -> str:
    return " or ".join(CREDENTIALS[a.credential].abbr for a in group)


def _deadline(alternative: Alternative) -> str:
    months = alternative.within_months
    return "" if months is None else f" within {_months(months)} of hire"


def _months(months: int) -> str:
    return f"{months} month" if months == 1 else f"{months} months"
