import gzip
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.taxonomy import code_tables as tables
from careercenter.taxonomy.codes import without_codes
from careercenter.taxonomy.loading import DATA

code_like = st.text("0123456789ABCDEFGHJNSTVXYZabcn.-–# ", max_size=12)
in_words = st.lists(st.sampled_from(["DRG", "HCC", "N13.5", "50706", '"', "coder", "J9271", "$5"]))


@pytest.mark.parametrize(
    ("text", "kind", "code", "specialties"),
    [
        ("50706", "cpt", "50706", "urology interventional-radiology"),
        ("N13.5", "icd-10-cm", "N13.5", "urology nephrology"),
        ("n135", "icd-10-cm", "N13.5", "urology nephrology"),
        ("99284", "cpt", "99284", "emergency-medicine"),
        ("27447", "cpt", "27447", "orthopedics"),
        ("93458", "cpt", "93458", "interventional-cardiology"),
        ("77427", "cpt", "77427", "radiation-oncology"),
        ("64493", "cpt", "64493", "pain-management"),
        ("C61", "icd-10-cm", "C61", "urology radiation-oncology"),
        ("Z51.11", "icd-10-cm", "Z51.11", "hematology-oncology"),
        ("0T768DZ", "icd-10-pcs", "0T768DZ", "urology"),
        ("DRG 661", "ms-drg", "DRG 661", "urology"),
        ("DRG 470", "ms-drg", "DRG 470", "orthopedics"),
        ("F11.20", "icd-10-cm", "F11.20", "substance-use"),
        ("J9271", "hcpcs", "J9271", "infusion hematology-oncology"),
        ("0510T", "cpt-other", "0510T", "new-technology"),
        ("QA0", "icd-10-cm", "QA0", "genetics"),
        ("APR-DRG 661", "apr-drg", "APR-DRG 661", ""),
        ("DRG 5", "ms-drg", "DRG 005", "transplant-surgery"),
        ("99213-25", "cpt", "99213", "evaluation-management"),
        ("99202-99215", "cpt", "99202–99215", "evaluation-management"),
        ("N10–N12", "icd-10-cm", "N10–N12", "urology"),
        ("DRG 98-99", "ms-drg", "DRG 098–099", "neurology"),
    ],
)
def test_a_code_leads_to_its_specialties(codes, text, kind, code, specialties):
    first = codes.read(text)[0]
    assert (first.kind, first.code, first.newer) == (kind, code, False)
    wanted = tuple(specialties.split())
    assert first.specialties[: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("50706", "cpt zip"),
        ("93458", "cpt zip"),
        ("CPT 50706", "cpt"),
        ("zip 50706", "zip"),
        ("50706-1234", "zip"),
        ("E0781", "hcpcs icd-10-cm"),
        ("H2011", "hcpcs icd-10-cm"),
        ("J9271", "hcpcs"),
        ("J92.71", "icd-10-cm"),
        ("V28", "hcc icd-10-cm"),
        ("HCC V28", "hcc"),
        ("S72001A", "icd-10-cm"),
        ("B30YZZZ", "icd-10-pcs"),
        ("ICD F11X", "icd-10-cm"),
        ("J9000–J9999", "hcpcs"),
    ],
)
def test_every_reading_of_a_code_is_offered_and_no_other(codes, text, kinds):
    assert [reading.kind for reading in codes.read(text)] == kinds.split()


@pytest.mark.parametrize(
    "text",
    [
        *("", "661", "47", "E/M", "CPC", "HCC", "DRG", "DRG 0", "HCC 000", "POS 01", "00000"),
        *("Z99.99.9", "B2B", "A1C", "H1N1", "D99", "2024ABC", "3M360AB", "CODER22", "DRG 104"),
        *("99215-99202", "N13.55555", "100-200", "9999999", "1099", "W2", "401k", "$50706"),
        *("5 0706", "١٢٣٤٥", "9" * 1000),
    ],
)
def test_what_is_no_code_has_no_reading(codes, text):
    assert codes.read(text) == ()


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("00140", "profee"),
        ("99140", "profee"),
        ("C1713", "facility-outpatient"),
        ("D0120", "dental-claims"),
        ("E0100", "dme-supply"),
        ("0T768DZ", "facility-inpatient"),
        ("MS-DRG 661", "facility-inpatient"),
        ("HCC 38", "risk-adjustment"),
        ("RxHCC 45", "risk-adjustment"),
        ("POS 22", "facility-outpatient profee"),
        ("pos2", "profee"),
        ("50706", ""),
        ("99152", ""),
        ("N13.5", ""),
        ("H2011", ""),
    ],
)
def test_few_codes_prove_a_coding_type(codes, text, types):
    assert codes.read(text)[0].coding_types == tuple(types.split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "50706",
            ["CPT number in the ureter range → Urology", "ZIP code of Waterloo, Iowa"],
        ),
        (
            "n135",
            [
                "ICD-10-CM N13.5: Crossing vessel and stricture of ureter without hydronephrosis"
                " → Urology"
            ],
        ),
        (
            "DRG 661",
            [
                "MS-DRG 661 (MDC 11): Kidney and ureter procedures for non-neoplasm without CC/MCC"
                " → Urology; Facility inpatient (DRG)"
            ],
        ),
        ("17311", ["CPT number in the Mohs surgery range → Dermatology"]),
        ("D0120", ["HCPCS number in the dental range → Dental"]),
    ],
)
def test_a_line_says_what_was_understood(codes, text, lines):
    assert [r.line for r in codes.read(text) if r.kind != "zip" or text == "50706"] == lines


def test_every_diagnosis_of_the_list_is_read_with_and_without_its_dot(codes):
    lines = gzip.decompress((DATA / "icd10cm.tsv.gz").read_bytes()).decode().splitlines()
    listed = [line.partition("\t")[0] for line in lines]
    for code in [code for code in listed if len(code) == 3] + listed[::50]:
        for typed in (code, code.replace(".", "").lower()):
            found = [reading for reading in codes.read(typed) if reading.kind == "icd-10-cm"]
            assert [(reading.code, reading.newer) for reading in found] == [(code, False)]


@pytest.mark.parametrize("text", ["N13.X", "N13X", "n1395", "S72.0019", "G35.E"])
def test_a_diagnosis_newer_than_the_list_gives_its_categorys_answer_marked_so(codes, text):
    (newer,) = codes.read(text)
    (category,) = codes.read(text[:3])
    assert newer.newer
    assert newer.specialties == category.specialties
    assert "not in our list (ICD-10-CM FY2026, April release)" in newer.line


def test_a_drg_newer_than_the_list_gives_its_mdcs_answer_marked_so(codes):
    held = (f"{n:03}" for f in tables.msdrg().all for n in range(int(f.first), int(f.last) + 1))
    newer = [number for number in held if number not in tables.msdrg_titles()]
    assert newer
    for number in newer:
        (reading,) = codes.read(f"DRG {number}")
        assert reading.newer
        assert reading.primary == tables.msdrg().narrowest(number, number).primary
        assert "not in our list (MS-DRG FY2026, CMS Table 5)" in reading.line


def test_every_drg_of_the_list_is_read_with_its_title(codes):
    for number, title in tables.msdrg_titles().items():
        (reading,) = codes.read(f"drg{int(number)}")
        assert title in reading.meaning
        assert not reading.newer


def test_the_longest_procedure_prefix_wins(codes):
    for prefix, found in tables.icd10pcs().items():
        (reading,) = codes.read(f"PCS {prefix.ljust(2, 'Z')}0")
        assert reading.specialties == (found.primary, *found.secondary)
    assert codes.read("BH0BZZZ")[0].primary == "breast-imaging"
    assert codes.read("BN0BZZZ")[0].primary == "diagnostic-radiology"


@given(st.one_of(st.text(), code_like, in_words.map(" ".join)))
def test_any_text_is_read_without_an_error(codes, text):
    for reading in codes.read(text):
        assert reading.line
        assert reading.edition.name
        again = codes.read(reading.code)
        assert reading in again
    codes.suggest(text)
    words = codes.find(text)
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert [codes.read(text[word.start : word.end]) for word in words] == [
        word.readings for word in words
    ]
    assert without_codes(text, ()) == " ".join(text.split())


def test_threads_may_share_a_reader(codes):
    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(codes.read, ["N13.5"] * 50))
    assert len(found) == 1


@pytest.mark.parametrize("text", ["remote urology coder", "N13.5", "DRG 661", "E0781 " * 40])
def test_reading_is_quick(codes, text):
    codes.find(text), codes.read(text)
    started = time.perf_counter()
    for _ in range(100):
        codes.read(text)
    assert time.perf_counter() - started < 0.1  # 1 ms each, with room for a busy machine


def test_the_tables_are_read_only_when_they_are_asked_for():
    script = (
        "import careercenter.taxonomy.codes, careercenter.taxonomy.code_tables as t;"
        "assert not t.cpt.cache_info().currsize and not t.msdrg_titles.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
