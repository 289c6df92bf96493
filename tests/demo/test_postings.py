import hashlib
import os
import re
import subprocess
import sys
from datetime import date

import pytest

from careercenter.demo.descriptions import FEWEST, MOST
from careercenter.demo.geography import HOME_STATES, WITHOUT_PLACE, towns
from careercenter.demo.organizations import Organization, organizations
from careercenter.demo.pay import pay_band
from careercenter.demo.postings import POOLS, Opening, generate
from careercenter.listings.document_words import with_parents
from careercenter.postings.models import PostingDetails
from careercenter.taxonomy import code_readings as readings
from careercenter.taxonomy import pay, requirements
from careercenter.taxonomy.vocabularies import (
    CODE_SETS,
    CODING_TYPES,
    CREDENTIALS,
    EMPLOYMENT_TYPES,
    EXPERIENCE_LEVELS,
    ROLES,
    SHIFTS,
    SOFTWARE,
    SPECIALTIES,
    WORK_SETTINGS,
)

TODAY = date(2026, 11, 24)
LICENSED = re.compile(r"\b(\d{5}|\d{4}[FT]|[A-V]\d{4})\b")  # what a procedure code looks like
PRINT_DIGEST = (
    "from datetime import date; from hashlib import sha256;"
    "from careercenter.demo.organizations import organizations;"
    "from careercenter.demo.postings import generate;"
    "print(sha256(repr(list(generate(40, 5, date(2026, 11, 24), organizations(40, 5))))"
    ".encode()).hexdigest())"
)


@pytest.fixture(scope="module")
def employers() -> list[Organization]:
    return organizations(60, 1)


@pytest.fixture(scope="module")
def openings(employers: list[Organization]) -> list[Opening]:
    return list(generate(700, 1, TODAY, employers))


@pytest.fixture(scope="module")
def details(openings: list[Opening]) -> list[PostingDetails]:
    return [opening.details for opening in openings]


def test_pay_and_requirements_pass_the_rules_of_the_form(details: list[PostingDetails]) -> None:
    for written in details:
        pay.check(written.pay)
        pay.check_terms(written.pay, written.role, written.employment)
        requirements.check(written.required)


def test_every_slug_is_the_taxonomys(details: list[PostingDetails]) -> None:
    for written in details:
        assert written.role in ROLES
        assert written.employment in EMPLOYMENT_TYPES
        assert written.setting in WORK_SETTINGS
        assert written.coding_types
        assert set(written.coding_types) <= set(CODING_TYPES)
        assert set(written.specialties) <= set(SPECIALTIES)
        assert set(written.preferred) <= set(CREDENTIALS)
        assert len(set(written.specialties)) == len(written.specialties)
        assert set(written.software) <= set(SOFTWARE)
        assert set(written.code_sets) <= set(CODE_SETS)
        assert {written.conditions.experience} <= {"", *EXPERIENCE_LEVELS}
        assert {written.conditions.shift} <= {"", *SHIFTS}
        assert set(written.years_in) <= {*written.coding_types, *written.specialties}


def test_the_hourly_range_is_inside_the_band_of_the_role_and_the_state(
    details: list[PostingDetails],
) -> None:
    for written in details:
        specialty = next(iter(written.specialties), None)
        coding_type = written.coding_types[0]
        state = written.place.state
        low, high = pay_band(written.role, written.required, coding_type, specialty, state)
        hourly = pay.hourly_range(written.pay)
        assert low <= hourly.low_cents <= hourly.high_cents <= high, written


def test_pay_comes_by_the_hour_the_year_and_the_piece(details: list[PostingDetails]) -> None:
    units = {written.pay.unit for written in details}
    assert units >= {"hour", "year", "per-chart", "per-episode", "per-encounter"}
    assert units & {"per-claim", "percent-of-collections", "project", "per-audit"}


def test_places_are_rows_of_the_zip_table(details: list[PostingDetails]) -> None:
    known = {(place.zip, place.city, place.state, place.latitude) for place in towns()}
    placed = [written.place for written in details if written.setting not in WITHOUT_PLACE]
    assert placed
    assert {(p.zip, p.city, p.state, p.latitude) for p in placed} <= known


def test_states_are_listed_where_the_setting_asks_for_them(details: list[PostingDetails]) -> None:
    for written in details:
        anywhere = written.setting == "remote-us" and not written.excluded
        asks = WORK_SETTINGS[written.setting].needs_state_list and not anywhere
        assert bool(written.states) == asks, written.setting
        assert set(written.states) <= set(HOME_STATES)
        assert not written.place.state or not asks or written.place.state in written.states


def test_descriptions_are_neither_short_nor_long(details: list[PostingDetails]) -> None:
    lengths = [len(written.description.split()) for written in details]
    assert min(lengths) >= FEWEST
    assert max(lengths) <= MOST


def test_titles_fit_and_no_slot_is_left_open(details: list[PostingDetails]) -> None:
    for written in details:
        assert 5 < len(written.title) <= 100
        assert not set("{}|") & set(written.title + written.description)


def test_no_text_names_a_procedure_code(details: list[PostingDetails]) -> None:
    for written in details:
        assert not LICENSED.search(written.title + written.description), written.description


def test_every_text_is_used_and_suits_its_employer(openings: list[Opening]) -> None:
    assert {opening.pool for opening in openings} == set(POOLS)
    assert {opening.pool for opening in openings[:30]} == set(POOLS)


def test_the_same_seed_writes_the_same_whatever_the_hash_seed() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_seed_writes_another_board(
    openings: list[Opening], employers: list[Organization]
) -> None:
    others = list(generate(50, 2, TODAY, employers))
    same = {_digest(opening) for opening in openings} & {_digest(opening) for opening in others}
    assert not same


def test_a_longer_board_begins_like_a_shorter_one(
    openings: list[Opening], employers: list[Organization]
) -> None:
    assert list(generate(50, 1, TODAY, employers)) == openings[:50]


def _digest(opening: Opening) -> str:
    return hashlib.sha256(opening.details.description.encode()).hexdigest()


@pytest.mark.parametrize(
    "reading",
    [
        readings.cpt("50706", "50706"),
        readings.procedure("0T768DZ"),
        readings.ms_drg("661", "661"),
        readings.hcpcs("J9271", "J9271"),
        readings.other_cpt("0510T", "0510T"),
        readings.hcpcs("E0781", "E0781"),
    ],
    ids=lambda reading: reading.code,
)
def test_there_is_work_for_codes_of_every_kind(details: list[PostingDetails], reading) -> None:
    assert any(
        reading.primary in with_parents(written.specialties)
        and (not reading.coding_types or {*reading.coding_types} & {*written.coding_types})
        for written in details
    )
