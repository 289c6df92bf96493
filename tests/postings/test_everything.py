"""What an employer says comes back as it was said: from the database, and from the form."""

from contextlib import contextmanager
from dataclasses import fields

import pytest
from sqlalchemy import event, func, select
from werkzeug.datastructures import MultiDict

from careercenter.postings.form_values import typed_values, values_of
from careercenter.postings.forms import PARTS
from careercenter.postings.models import (
    Posting,
    PostingDetails,
    PostingParticulars,
    PostingPlace,
    PostingStatus,
    Production,
)
from careercenter.postings.queries import owned_by, public, with_lists
from tests.factories import make_details, make_employer, make_posting
from tests.postings.forms import TODAY
from tests.postings.full import full_details

NAMES = [one.name for one in fields(PostingDetails)]


def draft(session, details):
    employer = make_employer(session)
    posting = make_posting(session, PostingStatus.DRAFT, employer)
    posting.revise(details)
    session.flush()
    session.expire_all()
    return owned_by(session, employer.id, posting.id)


@pytest.fixture
def statements(engine):
    """Counts them: the list that it gives holds the number afterwards."""

    @contextmanager
    def counting():
        counted = [0]

        def count(*_: object) -> None:
            counted[0] += 1

        event.listen(engine, "before_cursor_execute", count)
        yield counted
        event.remove(engine, "before_cursor_execute", count)

    return counting


@pytest.mark.parametrize("name", NAMES)
def test_the_row_keeps_what_was_said(session, name):
    details = full_details()
    assert getattr(draft(session, details).details, name) == getattr(details, name)


def test_a_posting_that_says_little_says_little_again(session):
    assert draft(session, make_details()).details == make_details()


def test_a_page_of_postings_reads_the_same(session):
    wanted = draft(session, full_details()).id
    session.expunge_all()
    posting = session.scalars(select(Posting).where(Posting.id == wanted).options(*with_lists()))
    assert posting.one().details == full_details()


def test_a_listing_is_read_by_one_statement(session, statements, now):
    posting = make_posting(session)
    session.flush()
    session.expunge_all()
    with statements() as counted:
        assert public(session, posting.id, now).details.production == Production()
    assert counted == [1]


def test_what_is_said_no_more_leaves_no_row(session):
    posting = draft(session, full_details())
    posting.revise(make_details())
    session.flush()
    assert session.scalar(select(func.count()).select_from(PostingPlace)) == 0
    assert session.scalar(select(func.count()).select_from(PostingParticulars)) == 1
    assert posting.details == make_details()


def test_a_revision_is_a_new_version_even_of_a_list_alone(session):
    posting = draft(session, make_details())
    before = posting.version
    posting.revise(make_details(software=("epic",)))
    session.flush()
    assert posting.version == before + 1


def test_the_form_shows_everything_and_reads_it_again(fill, session):
    posting = draft(session, full_details())
    shown = {name: value for name, value in values_of(posting).items() if value}
    form = fill(shown | {"from_hour": "0"})
    assert form.errors == {}
    again = form.details()
    different = [n for n in NAMES if getattr(again, n) != getattr(posting.details, n)]
    assert different == ["place"], "the table knows where it is better"
    assert [p.zip for p in again.more_places] == ["50010", "60601"]


def test_no_two_parts_of_the_form_share_a_field():
    assert len(typed_values(make_details())) == len(set(typed_values(make_details())))
    names = [name for part in PARTS for name in vars(part) if not name.startswith("_")]
    own = {"rules", "write", "rows", "lines", "any_line", "chosen_role"}
    mine = [n for n in names if n not in own and not n.startswith("validate_")]
    assert sorted(set(mine)) == sorted(mine)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_alone_writes_what_it_asks_for_and_no_more(app, part):
    details = full_details()
    data = MultiDict({name: value for name, value in typed_values(details).items() if value})
    with app.test_request_context("/", method="POST", data=data | {"from_hour": "0"}):
        form = part(app.extensions["places"], TODAY, details.role)
        assert form.validate_on_submit(), form.errors
        written = form.write(details)
    different = {n for n in NAMES if getattr(written, n) != getattr(details, n)}
    assert different <= {"place"}, "the table knows where it is better"
