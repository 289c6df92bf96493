"""What an employer's public page says beside its jobs."""

from dataclasses import replace

from careercenter.employers.models import Clients, Delivery, EmployerDetails, Town
from tests.factories import make_employer, make_posting

AGENCY = EmployerDetails(
    "Lakeside Staffing",
    "staffing-agency",
    direct=False,
    clients=Clients.NAMED,
    delivery=Delivery.MIXED,
)


def test_an_employers_page_says_for_whom_it_hires_and_where(visitor, session):
    employer = make_employer(session)
    employer.describe(replace(AGENCY, places=(Town("Ames", "IA"),)))
    make_posting(session, employer=employer)
    page = visitor.get(f"/employers/{employer.slug}").text
    for words in ("which its postings name", "in the United States and abroad", "Ames, IA"):
        assert words in page


def test_an_employers_record_is_shown_from_five_events_on(visitor, session):
    employer = make_employer(session)
    for _ in range(4):
        make_posting(session, employer=employer)
    path = f"/employers/{employer.slug}"
    assert "Too little has happened here yet" in visitor.get(path).text
    make_posting(session, employer=employer)
    page = visitor.get(path).text
    assert "say what is paid" in page
    assert "of 5 postings" in page
    assert "/employer-records" in page


def test_how_records_are_counted_is_a_page(visitor):
    page = visitor.get("/employer-records").text
    assert "From 5 events on." in page
    assert "14&nbsp;days ago" in page
