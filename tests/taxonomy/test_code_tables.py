import gzip
import re
from datetime import date
from itertools import pairwise

import pytest

from careercenter.taxonomy import code_tables as tables
from careercenter.taxonomy.loading import DATA, rows
from careercenter.taxonomy.vocabularies import CODING_TYPES, SPECIALTIES

RANGES = {
    "cpt": tables.cpt().all,
    "cpt-other": tuple(tables.other_cpt().values()),
    "hcpcs": tables.hcpcs().all,
    "icd-10-cm": tables.icd10cm().all,
    "icd-10-pcs": tuple(tables.icd10pcs().values()),
    "ms-drg": tables.msdrg().all,
}
EVERY_RANGE = [(kind, found) for kind, ranges in RANGES.items() for found in ranges]


@pytest.fixture(scope="module")
def diagnoses():
    lines = gzip.decompress((DATA / "icd10cm.tsv.gz").read_bytes()).decode().splitlines()
    return dict(line.split("\t") for line in lines)


def test_every_specialty_named_exists():
    named = {slug for _, found in EVERY_RANGE for slug in (found.primary, *found.secondary)}
    assert named <= set(SPECIALTIES)


def test_no_range_names_a_specialty_twice():
    repeated = [found for _, found in EVERY_RANGE if found.primary in found.secondary]
    assert repeated == []
    assert [f for _, f in EVERY_RANGE if len(set(f.secondary)) < len(f.secondary)] == []


def test_every_coding_type_of_a_site_exists():
    named = {slug for site in tables.sites().values() for slug in site.coding_types}
    assert named <= set(CODING_TYPES)
    assert all(site.coding_types for site in tables.sites().values())


@pytest.mark.parametrize("kind", RANGES)
def test_a_range_begins_before_it_ends_and_has_a_topic(kind):
    assert [f for f in RANGES[kind] if not (f.first <= f.last and f.topic)] == []


@pytest.mark.parametrize("kind", ["cpt", "hcpcs", "ms-drg"])
def test_ranges_never_overlap(kind):
    assert [(a, b) for a, b in pairwise(RANGES[kind]) if a.last >= b.first] == []


def test_every_cpt_number_in_a_range_gives_that_range():
    for found in tables.cpt().all:
        for number in range(int(found.first), int(found.last) + 1):
            assert tables.cpt().narrowest(f"{number:05}", f"{number:05}") is found


def test_every_hcpcs_number_in_a_range_gives_that_range():
    for found in tables.hcpcs().all:
        assert found.first[0] == found.last[0]
        for number in range(int(found.first[1:]), int(found.last[1:]) + 1):
            code = f"{found.first[0]}{number:04}"
            assert tables.hcpcs().narrowest(code, code) is found


@pytest.mark.parametrize("kind", ["cpt", "ms-drg"])
def test_a_number_between_two_ranges_gives_none(kind):
    ranges = tables.Ranges(RANGES[kind])
    gaps = [(a.last, b.first) for a, b in pairwise(RANGES[kind]) if int(b.first) - int(a.last) > 1]
    between = [str(int(low) + 1).zfill(len(low)) for low, _ in gaps]
    assert between
    assert {ranges.narrowest(number, number) for number in between} == {None}


def test_diagnosis_ranges_lie_inside_one_another_or_apart():
    for n, wide in enumerate(tables.icd10cm().all):
        for found in tables.icd10cm().all[n + 1 :]:
            assert found.last <= wide.last or found.first > wide.last
            assert (found.first, found.last) != (wide.first, wide.last)


def test_the_narrowest_diagnosis_range_wins_for_every_category(diagnoses):
    categories = [code for code in diagnoses if len(code) == 3]
    assert len(categories) == 1918
    for category in categories:
        holding = [f for f in tables.icd10cm().all if f.first <= category <= f.last]
        inner = [
            f for f in holding if all(g.first <= f.first and f.last <= g.last for g in holding)
        ]
        assert [tables.icd10cm().narrowest(category, category)] == inner


def test_the_ends_of_diagnosis_ranges_are_categories_or_ends_of_chapters(diagnoses):
    ends = {end for found in tables.icd10cm().all for end in (found.first, found.last)}
    assert all(re.fullmatch("[A-Z][0-9A][0-9A-Z]", end) for end in ends)


def test_the_diagnosis_list_is_whole_and_in_order(diagnoses):
    assert len(diagnoses) == 98_186
    assert list(diagnoses) == sorted(diagnoses)
    assert all(re.fullmatch(r"[A-Z][0-9A][0-9A-Z](\.[0-9A-Z]{1,4})?", code) for code in diagnoses)
    assert all(title and title == title.strip() for title in diagnoses.values())
    assert {code[:3] for code in diagnoses} <= set(diagnoses)


def test_the_longer_procedure_prefix_has_a_section_to_fall_back_to():
    prefixes = tables.icd10pcs()
    alone = {prefix[0] for prefix in prefixes if len(prefix) == 2 and prefix[0] not in prefixes}
    assert alone == {"0"}
    assert {len(prefix) for prefix in prefixes} == {1, 2}
    assert prefixes["0L"] is not prefixes["0N"]
    assert [prefixes[p].topic for p in ("B", "B4", "BH")] == [
        "Imaging section",
        "Artery and vein imaging",
        "Skin and breast imaging",
    ]


def test_every_drg_of_the_list_is_in_one_range_and_that_is_of_its_mdc():
    listed = rows("msdrg")
    assert len(listed) == len(tables.msdrg_titles()) == 772
    for row in listed:
        holding = [f for f in tables.msdrg().all if f.first <= row["number"] <= f.last]
        assert [(f.mdc, f) for f in holding] == [
            (row["mdc"], tables.msdrg().narrowest(row["number"], row["number"]))
        ]


def test_the_dental_letter_has_no_words_but_ours():
    assert [f.topic for f in tables.hcpcs().all if f.first[0] == "D"] == ["Dental"]


def test_an_edition_is_in_force_through_its_last_day():
    edition = tables.EDITIONS["icd-10-cm"]
    assert edition.in_force(date(2026, 9, 30))
    assert not edition.in_force(date(2026, 10, 1))
    assert tables.EDITIONS["zip"].in_force(date(2099, 1, 1))
