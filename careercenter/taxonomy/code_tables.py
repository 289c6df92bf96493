"""Which specialty works a range of codes: the project's own tables, each read when first asked for.

Topics are our own words. Nothing here holds a CPT or CDT descriptor.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from careercenter.taxonomy.loading import listed, rows

# ICD-10-PCS has no letters O and I, which look like digits.
PCS_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Edition:
    name: str
    until: date | None  # the last day that it is in force; None where no edition is followed

    def in_force(self, day: date) -> bool:
        return self.until is None or day <= self.until


_FISCAL_2026 = date(2026, 9, 30)
EDITIONS: Mapping[str, Edition] = MappingProxyType(
    {
        "cpt": Edition("CPT 2026, number ranges only", date(2026, 12, 31)),
        "cpt-other": Edition("CPT 2026, number ranges only", date(2026, 12, 31)),
        "hcpcs": Edition("HCPCS Level II 2026, number ranges only", date(2026, 12, 31)),
        "icd-10-cm": Edition("ICD-10-CM FY2026, April release", _FISCAL_2026),
        "icd-10-pcs": Edition("ICD-10-PCS FY2026, body systems only", _FISCAL_2026),
        "ms-drg": Edition("MS-DRG FY2026, CMS Table 5", _FISCAL_2026),
        "apr-drg": Edition("APR-DRG, no list", None),
        "hcc": Edition("HCC, no list", None),
        "pos": Edition("CMS place of service codes", None),
        "zip": Edition("GeoNames postal codes", None),
    }
)
"""By kind of code. What each table was made from is told in ``data/SOURCES.md``."""


@dataclass(frozen=True, slots=True)
class CodeRange:
    """``first`` and ``last`` belong to it. Specialties are slugs, ``secondary`` weigh less."""

    first: str
    last: str
    topic: str
    primary: str
    secondary: tuple[str, ...]
    mdc: str = ""  # of MS-DRG only; "--" for none


class Ranges:
    """Ranges of codes that sort like text, none of which overlaps another without holding it."""

    def __init__(self, ranges: Iterable[CodeRange]) -> None:
        widest_first = sorted(ranges, key=lambda found: found.last, reverse=True)
        self.all = tuple(sorted(widest_first, key=lambda found: found.first))
        self._firsts = [found.first for found in self.all]

    def narrowest(self, first: str, last: str) -> CodeRange | None:
        """The narrowest range that holds both codes."""
        for at in range(bisect_right(self._firsts, first) - 1, -1, -1):
            if self.all[at].last >= last:
                return self.all[at]
        return None

    def meeting(self, first: str, last: str) -> list[CodeRange]:
        """The ranges that hold any code between the two, in order."""
        return [found for found in self.all if found.first <= last and found.last >= first]


@dataclass(frozen=True, slots=True)
class Site:
    """A place of service and the coding types that are worked there."""

    setting: str
    coding_types: tuple[str, ...]


@cache
def cpt() -> Ranges:
    return Ranges(_range(row, row["first"], row["last"]) for row in rows("cpt_ranges"))


@cache
def other_cpt() -> Mapping[str, CodeRange]:
    """By the letter at the end of the code."""
    found = (_range(row, *row["range"].split("-")) for row in rows("cpt_other_ranges"))
    return MappingProxyType({kind.first[-1]: kind for kind in found})


@cache
def hcpcs() -> Ranges:
    return Ranges(_range(row, *_ends(row["range"])) for row in rows("hcpcs_ranges"))


@cache
def icd10cm() -> Ranges:
    """Of categories, the first three characters of a code."""
    return Ranges(_range(row, *_ends(row["range"])) for row in rows("icd10cm_ranges"))


@cache
def icd10pcs() -> Mapping[str, CodeRange]:
    """By section ("B") or section and body system ("B2"); look the longer one up first."""
    found: dict[str, CodeRange] = {}
    for row in rows("icd10pcs_ranges"):
        first, last = _ends(row["prefix"])
        between = PCS_CHARACTERS[PCS_CHARACTERS.index(first[-1]) :]
        for character in between[: between.index(last[-1]) + 1]:
            prefix = first[:-1] + character
            found[prefix] = _range(row, prefix, prefix)
    return MappingProxyType(found)


@cache
def msdrg() -> Ranges:
    """Of three digits, each MDC in as many pieces as its numbers are in."""
    return Ranges(
        _range(row, first.zfill(3), last.zfill(3), row["mdc"])
        for row in rows("msdrg_mdc")
        for first, last in map(_ends, listed(row["drgs"]))
    )


@cache
def msdrg_titles() -> Mapping[str, str]:
    """CMS's titles by number, three digits."""
    return MappingProxyType({row["number"]: row["title"] for row in rows("msdrg")})


@cache
def sites() -> Mapping[str, Site]:
    """By place of service, two digits."""
    return MappingProxyType(
        {
            row["pos"]: Site(row["setting"], listed(row["coding_types"]))
            for row in rows("pos_coding_types")
        }
    )


def _ends(text: str) -> tuple[str, str]:
    first, _, last = text.partition("-")
    return first, last or first


def _range(row: Mapping[str, str], first: str, last: str, mdc: str = "") -> CodeRange:
    return CodeRange(first, last, row["topic"], row["primary"], listed(row["secondary"]), mdc)
