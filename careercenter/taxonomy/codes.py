"""What a typed code means: from a CPT number, a diagnosis, a DRG … to the specialty that works it.

A text can have several readings: 50706 is a CPT number and the ZIP code of Waterloo, Iowa. None is
guessed away; a code of our lists comes before a guess at one that is newer than they are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from careercenter.taxonomy import code_readings as readings
from careercenter.taxonomy import code_tables as tables
from careercenter.taxonomy.code_list import CodeList
from careercenter.taxonomy.code_readings import Reading
from careercenter.taxonomy.code_shapes import (
    HCC_VERSIONS,
    Kind,
    Typed,
    begun_code,
    code_words,
    typed_code,
)

_HAS_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class CodeWord:
    """A code within a text, from ``start`` to before ``end``, with at least one reading."""

    start: int
    end: int
    readings: tuple[Reading, ...]


class Codes:
    """Reads codes with the help of the reference file at ``path``. Threads may share one."""

    def __init__(self, path: Path) -> None:
        self._list = CodeList(path)
        self._readers: Mapping[Kind, Callable[[Typed], Reading | None]] = {
            Kind.CPT: lambda typed: readings.cpt(typed.code, typed.last),
            Kind.OTHER_CPT: lambda typed: readings.other_cpt(typed.code, typed.last),
            Kind.HCPCS: lambda typed: readings.hcpcs(typed.code, typed.last),
            Kind.DIAGNOSIS: self._diagnosis,
            Kind.PROCEDURE: lambda typed: readings.procedure(typed.code),
            Kind.MS_DRG: lambda typed: readings.ms_drg(typed.code, typed.last),
            Kind.APR_DRG: lambda typed: readings.apr_drg(typed.code),
            Kind.HCC: readings.hcc,
            Kind.SITE: lambda typed: readings.site(typed.code),
            Kind.ZIP: self._zip_code,
        }
        self._beginnings: Mapping[Kind, Callable[[Typed, int], Iterator[Reading | None]]] = {
            Kind.CPT: _cpt_ranges,
            Kind.OTHER_CPT: _other_cpt,
            Kind.HCPCS: _hcpcs_ranges,
            Kind.MS_DRG: _ms_drgs,
            Kind.DIAGNOSIS: self._diagnoses,
            Kind.PROCEDURE: _body_systems,
            Kind.SITE: _sites,
        }

    def read(self, text: str) -> tuple[Reading, ...]:
        """What the whole of ``text`` means, the likeliest first; nothing where it is no code.

        Three digits alone mean too much to mean anything: they want "DRG" or "HCC" before them.
        """
        typed = typed_code(text) if _HAS_DIGIT.search(text) else None
        if typed is None:
            return ()
        found = [reading for kind in typed.kinds if (reading := self._readers[kind](typed))]
        listed = {reading.kind for reading in found if not reading.newer}
        if listed:
            found = [reading for reading in found if not reading.newer]
        if Kind.DIAGNOSIS in listed:  # seven characters fit both, and only one is a list of codes
            found = [reading for reading in found if reading.kind is not Kind.PROCEDURE]
        return tuple(found)

    def find(self, text: str) -> tuple[CodeWord, ...]:
        """The codes among the words of ``text``, in order; none is within quotation marks.

        Left out is what is a word of the trade (V28) or, without its dot, more likely no code than
        one of a later edition (M365).
        """
        if not _HAS_DIGIT.search(text):
            return ()
        found: list[CodeWord] = []
        for start, end in code_words(text):
            if not found or start >= found[-1].end:
                word = text[start:end]
                meant = () if word[-3:].upper() in HCC_VERSIONS else self.read(word)
                if meant and ("." in word or not meant[0].newer or meant[0].kind is Kind.MS_DRG):
                    found.append(CodeWord(start, end, meant))
        return tuple(found)

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Reading, ...]:
        """Codes and ranges that begin so, from two characters on; ZIP codes are left to Places."""
        begun = begun_code(prefix)
        if begun is None:
            return ()
        exact = (reading for reading in self.read(prefix) if reading.kind is not Kind.ZIP)
        kinds = (kind for kind in self._beginnings if kind in begun.kinds)
        more = (self._beginnings[kind](begun, limit) for kind in kinds)
        found = (reading for reading in chain(exact, chain.from_iterable(more)) if reading)
        unique = {reading.code: reading for reading in islice(found, limit + 2)}
        return tuple(unique.values())[:limit]

    def _diagnosis(self, typed: Typed) -> Reading | None:
        code = _dotted(typed.code)
        last, title = _dotted(typed.last), self._list.title(code)
        if last != code:
            return readings.diagnoses(code, last) if title and self._list.title(last) else None
        if title:
            return readings.diagnosis(code, title)
        category = self._list.title(code[:3])
        return readings.newer_diagnosis(code, category) if category else None

    def _zip_code(self, typed: Typed) -> Reading | None:
        city = self._list.city(typed.code)
        return readings.zip_code(typed.code, *city) if city else None

    def _diagnoses(self, begun: Typed, limit: int) -> Iterator[Reading | None]:
        if re.match("[A-Z][0-9A]", begun.code):
            for code, title in self._list.beginning(_dotted(begun.code), limit):
                yield readings.diagnosis(code, title)


def without_codes(text: str, words: tuple[CodeWord, ...]) -> str:
    """``text`` without these of its words."""
    ends = [0, *(word.end for word in words)]
    starts = [*(word.start for word in words), len(text)]
    return " ".join(" ".join(text[a:b] for a, b in zip(ends, starts, strict=True)).split())


def _dotted(code: str) -> str:
    """As printed: N135 → N13.5."""
    bare = code.replace(".", "")
    return f"{bare[:3]}.{bare[3:]}" if len(bare) > 3 or code[3:] else code


def _cpt_ranges(begun: Typed, limit: int) -> Iterator[Reading | None]:
    if re.fullmatch("[0-9]{2,4}", begun.code):
        low, high = begun.code.ljust(5, "0"), begun.code.ljust(5, "9")
        for row in tables.cpt().meeting(low, high):
            yield readings.cpt(row.first, row.last)


def _other_cpt(begun: Typed, limit: int) -> Iterator[Reading | None]:
    if re.fullmatch("0[0-9]{3}", begun.code):
        for letter in tables.other_cpt():
            yield readings.other_cpt(begun.code + letter, begun.code + letter)


def _hcpcs_ranges(begun: Typed, limit: int) -> Iterator[Reading | None]:
    if re.fullmatch("[A-V][0-9]{1,3}", begun.code):
        low, high = begun.code.ljust(5, "0"), begun.code.ljust(5, "9")
        for row in tables.hcpcs().meeting(low, high):
            yield readings.hcpcs(row.first, row.last)


def _ms_drgs(begun: Typed, limit: int) -> Iterator[Reading | None]:
    if begun.system or len(begun.code) == 3:
        for number in tables.msdrg_titles():
            if number.lstrip("0").startswith(begun.code) or number == begun.code:
                yield readings.ms_drg(number, number)


def _body_systems(begun: Typed, limit: int) -> Iterator[Reading | None]:
    code = begun.code
    if begun.system or not code.isdigit():
        prefixes = tables.icd10pcs()
        inside = [p for p in prefixes if len(p) == 2 and p.startswith(code)]
        for prefix in inside or [code] if len(code) > 1 else inside:
            yield readings.procedure(prefix)


def _sites(begun: Typed, limit: int) -> Iterator[Reading | None]:
    for number in tables.sites():
        if number.startswith(begun.code) or number.lstrip("0").startswith(begun.code):
            yield readings.site(number)
