from io import BytesIO

from pypdf import PdfReader

from careercenter.demo.organizations import organizations
from careercenter.demo.pdf import make_pdf
from careercenter.demo.people import CANDIDATE, candidates


def test_a_resume_is_a_pdf_of_one_page_that_names_its_person() -> None:
    person = candidates(1, tuple(organizations(30, 1)))[3]
    (page,) = PdfReader(BytesIO(person.resume), strict=True).pages
    text = page.extract_text()
    assert text.startswith(person.name)
    assert "Experience" in text
    assert "invented" in text


def test_brackets_accents_and_other_scripts_do_no_harm() -> None:
    content = make_pdf(["Name (née O'Hara)", r"a \ b", "… – “quoted” 漢"])
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert text.splitlines() == ["Name (née O'Hara)", r"a \ b", "… – “quoted” ?"]


def test_candidates_are_the_same_for_the_same_seed_and_have_addresses_of_their_own() -> None:
    employers = tuple(organizations(30, 1))
    people = candidates(1, employers)
    assert people[0].email == CANDIDATE
    assert len({person.email for person in people}) == len(people)
    candidates.cache_clear()
    assert candidates(1, employers) == people
