import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from careercenter.listings.index import SETTINGS
from careercenter.taxonomy import vocabularies as v
from careercenter.taxonomy.loading import DATA, rows
from careercenter.taxonomy.pay_bands import BANDS, STATE_FACTORS
from careercenter.taxonomy.requirement_text import SPELLINGS

VOCABULARIES = [
    v.ISSUERS,
    v.CREDENTIALS,
    v.ROLES,
    v.CODING_TYPES,
    v.SPECIALTY_GROUPS,
    v.SPECIALTIES,
    v.CODE_SETS,
    v.SOFTWARE,
    v.WORK_SETTINGS,
    v.EMPLOYER_KINDS,
    v.EMPLOYMENT_TYPES,
    v.SHIFTS,
    v.EXPERIENCE_LEVELS,
    v.PAY_UNITS,
    v.APPRENTICE_ANSWERS,
]
TERMS = [term for vocabulary in VOCABULARIES for term in vocabulary.values()]
CREDENTIALS = list(v.CREDENTIALS.values())
CREDENTIAL_ALIASES = [(alias, c.slug) for c in CREDENTIALS for alias in c.aliases]
TABLES = sorted(entry.name for entry in Path(str(DATA)).glob("*.tsv"))


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_a_table_is_there_twice(table):
    found = Counter(tuple(row.values()) for row in rows(table.removesuffix(".tsv")))
    assert [row for row, times in found.items() if times > 1] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_of_a_table_has_blanks_around_it(table):
    cells = [cell for row in rows(table.removesuffix(".tsv")) for cell in row.values()]
    assert [cell for cell in cells if cell != cell.strip()] == []


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_a_vocabulary_is_in_file_order_under_its_slugs(vocabulary):
    assert list(vocabulary) == [term.slug for term in vocabulary.values()]
    assert len({term.name for term in vocabulary.values()}) == len(vocabulary)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.slug)
def test_a_slug_is_lower_case_with_hyphens(term):
    assert term.slug == term.slug.lower().replace(" ", "-")
    assert term.slug.isascii()
    assert term.name


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_an_alias_is_written_once_and_is_no_other_terms_name(vocabulary):
    owners = [(a.lower(), t.slug) for t in vocabulary.values() for a in t.aliases]
    names = {t.name.lower(): t.slug for t in vocabulary.values()}
    assert [alias for alias, n in Counter(a for a, _ in owners).items() if n > 1] == []
    assert [alias for alias, slug in owners if names.get(alias, slug) != slug] == []


@pytest.mark.parametrize("credential", CREDENTIALS, ids=lambda c: c.slug)
def test_what_a_credential_names_exists(credential):
    assert credential.issuer in v.ISSUERS
    assert set(credential.coding_types) <= set(v.CODING_TYPES)
    assert set(credential.specialties) <= set(v.SPECIALTIES)
    assert credential.apprentice_of in {None, *v.CREDENTIALS}
    assert credential.alias_of in {None, *v.CREDENTIALS}
    assert credential.status in {"active", "legacy", "alias"}


@pytest.mark.parametrize(("alias", "slug"), CREDENTIAL_ALIASES)
def test_every_alias_of_a_credential_is_understood(alias, slug):
    credential = v.CREDENTIALS[slug]
    meant = credential.alias_of if credential.status == "alias" else slug
    assert SPELLINGS[alias.lower()] == meant


def test_no_spelling_of_a_credential_has_two_meanings():
    spellings = [(s.lower(), c.slug) for c in CREDENTIALS for s in (c.slug, c.abbr, *c.aliases)]
    meanings = Counter(spelling for spelling, _ in set(spellings))
    assert [spelling for spelling, times in meanings.items() if times > 1] == []


def test_an_alias_is_read_as_a_credential_that_is_no_alias():
    aliases = [c for c in CREDENTIALS if c.status == "alias"]
    assert {c.slug: c.alias_of for c in aliases} == {"cic-a": "cic", "crc-a": "crc", "ctr": "ods-c"}
    assert all(v.PICKABLE_CREDENTIALS[c.alias_of] for c in aliases)


def test_pick_lists_leave_out_legacy_and_alias_credentials():
    left_out = set(v.CREDENTIALS) - set(v.PICKABLE_CREDENTIALS)
    assert {"cpc-h", "cpc-p", "cic-a", "ctr"} <= left_out
    assert "cpc-a" in v.PICKABLE_CREDENTIALS


def test_what_is_not_confirmed_says_so():
    assert v.CREDENTIALS["cpc"].confirmed
    assert not v.CREDENTIALS["cdei"].confirmed
    assert not v.SOFTWARE["apixio"].confirmed


@pytest.mark.parametrize("row", v.SATISFIES, ids=lambda r: f"{r.credential}-{r.satisfies}")
def test_what_satisfies_what_names_two_credentials(row):
    assert {row.credential, row.satisfies} <= set(v.CREDENTIALS)
    assert row.credential != row.satisfies
    assert row.kind in {"holder-of-implies", "commonly-accepted-alternative"}


def test_no_row_lets_an_apprentice_satisfy_the_full_credential():
    pairs = {(row.credential, row.satisfies) for row in v.SATISFIES}
    assert not pairs & {(c.slug, c.apprentice_of) for c in CREDENTIALS}


def test_the_parent_of_a_specialty_is_a_specialty_or_a_heading():
    known = {*v.SPECIALTIES, *v.SPECIALTY_GROUPS}
    assert [s.slug for s in v.SPECIALTIES.values() if s.parent not in known] == []
    assert not set(v.SPECIALTIES) & set(v.SPECIALTY_GROUPS)


@pytest.mark.parametrize("slug", v.SPECIALTIES)
def test_the_parents_of_a_specialty_end_under_a_heading(slug):
    first, *_, last = (slug, *v.specialty_with_parents(slug))
    assert first == slug
    assert v.SPECIALTIES[last].parent in v.SPECIALTY_GROUPS


def test_a_specialty_brings_the_wider_ones_but_no_heading():
    assert v.specialty_with_parents("infusion") == ("infusion", "hematology-oncology")
    assert v.specialty_with_parents("urology") == ("urology",)


def test_coding_types_name_code_sets_that_exist():
    named = {code_set for t in v.CODING_TYPES.values() for code_set in t.code_sets}
    assert named <= set(v.CODE_SETS)
    assert {t.side for t in v.CODING_TYPES.values()} == {"profee", "facility", "other"}


def test_remote_settings_must_say_where_one_may_live():
    needing = {s.slug for s in v.WORK_SETTINGS.values() if s.needs_state_list}
    remote = {s.slug for s in v.WORK_SETTINGS.values() if s.remote == "yes"}
    assert needing == remote - {"offshore"}


def test_employment_types_map_to_the_words_of_schema_org():
    assert {t.schema_org for t in v.EMPLOYMENT_TYPES.values()} == {
        "FULL_TIME",
        "PART_TIME",
        "PER_DIEM",
        "TEMPORARY",
        "CONTRACTOR",
        "INTERN",
        "OTHER",
    }


def test_units_paid_by_the_piece_need_a_pace():
    assert all(u.needs_pace == u.slug.startswith("per-") for u in v.PAY_UNITS.values())
    assert v.PAY_UNITS["per-chart"].piece == "chart"


def test_the_states_are_all_there():
    kinds = Counter(state.kind for state in v.STATES.values())
    assert (kinds["state"], kinds["district"], kinds["armed-forces"]) == (50, 1, 3)
    assert v.STATES["IA"].name == "Iowa"


def test_laws_and_factors_are_of_states_that_exist():
    assert {*v.PAY_LAWS, *STATE_FACTORS} <= set(v.STATES)
    assert v.PAY_LAWS["CO"].requires_range == "yes"


def test_estimates_speak_of_things_that_exist():
    for row in (*v.PRODUCTIVITY, *BANDS):
        assert row.coding_type in {"", *v.CODING_TYPES}
        assert row.specialty in {"", *v.SPECIALTIES}
        assert row.role in {"", *v.ROLES}
    assert {band.credential for band in BANDS} <= {"", *v.CREDENTIALS}
    assert all(p.low <= p.typical <= p.high for p in v.PRODUCTIVITY)


@pytest.mark.parametrize("row", rows("synonyms"), ids=lambda row: row["term"])
def test_every_row_of_synonyms_leads_on(row):
    term = row["term"].lower()
    others = {other.strip().lower() for other in row["equivalents"].split(",")}
    assert others <= set(v.SYNONYMS[term])
    if row["kind"] == "two-way":
        assert all(term in v.SYNONYMS[other] for other in others)


def test_two_way_words_lead_to_each_other_and_one_way_words_do_not_lead_back():
    assert "professional fee" in v.SYNONYMS["pro fee"]
    assert "professional billing" in v.SYNONYMS["pb"]
    assert "professional billing" not in v.SYNONYMS


def test_synonyms_are_lower_case_few_and_never_lead_to_themselves():
    for word, others in v.SYNONYMS.items():
        assert all(w == w.lower() for w in (word, *others))
        assert word not in others
        assert len(others) <= 50
    assert SETTINGS.synonyms is v.SYNONYMS


def test_apprentice_answers_have_names_for_pages():
    assert [(a.slug, a.name) for a in v.APPRENTICE_ANSWERS.values()] == [
        ("yes", "Apprentices welcome"),
        ("no", "No apprentices"),
        ("case-by-case", "Case by case"),
    ]


def test_vocabularies_cannot_be_changed():
    with pytest.raises(TypeError):
        v.ROLES["coder"] = None
    with pytest.raises(AttributeError):
        v.ROLES["coder"].name = "Coder"


def test_the_taxonomy_brings_neither_flask_nor_sqlalchemy_with_it():
    modules = "vocabularies, requirements, pay, pay_bands, places"
    program = (
        f"import sys; from careercenter.taxonomy import {modules}\n"
        "sys.exit(bool({'flask', 'sqlalchemy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
