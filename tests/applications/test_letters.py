"""Letters are written when they are sent, from what is true then."""

import pytest

from careercenter.applications.handlers import LETTERS
from careercenter.applications.models import ApplicationStatus
from careercenter.applications.usecases import (
    decline_application,
    shortlist_application,
    withdraw_application,
)
from careercenter.mail import compose
from careercenter.postings.models import ApplyBy, Applying
from careercenter.tasks import Task
from tests.factories import (
    make_application,
    make_candidate,
    make_employer,
    make_posting,
    make_user,
    owner_of,
)


@pytest.fixture
def sent(session):
    employer = make_employer(session, name="Lakeside Clinic")
    posting = make_posting(session, employer=employer, title="Inpatient coder")
    user = make_user(session, name="Ada <Coder>", email="ada@example.com")
    return make_application(session, posting, make_candidate(session, user=user))


@pytest.fixture
def write(session, now):
    """The letter that a promise of this name about this row leads to."""
    return lambda name, about: LETTERS[name](session, str(about), now)


def answers(session):
    tasks = session.query(Task).filter_by(kind="mail:application_answered").order_by(Task.id)
    return [task.subject for task in tasks]


def test_the_owner_of_the_employer_is_told_of_an_application(session, sent, write):
    letter = write("new_application", sent.id)
    assert letter.to == owner_of(session, sent.posting.employer).email
    assert letter.subject == "New application: Inpatient coder"


def test_the_employers_mailbox_is_told_too_and_shown_to_nobody(app, settings, session, sent, write):
    sent.posting.applying = Applying(ApplyBy.MAIL, "jobs@lakeside.org")
    session.flush()
    owner = owner_of(session, sent.posting.employer).email
    assert write("new_application", sent.id).to == f"{owner}, jobs@lakeside.org"
    told = compose(app, settings, write("application_sent", sent.id)).as_string()
    assert "jobs@lakeside.org" not in told


def test_an_applicant_of_a_confidential_employer_reads_no_name(session, sent, write):
    sent.posting.confidential = True
    assert write("application_sent", sent.id).context["employer"] == "Confidential employer"
    assert write("new_application", sent.id).context["employer"] == "Lakeside Clinic"


def test_the_letter_to_the_employer_does_not_say_how_to_reach_the_candidate(
    app, settings, sent, write
):
    for name in ("new_application", "application_withdrawn"):
        assert "ada@example.com" not in compose(app, settings, write(name, sent.id)).as_string()


def test_nobody_is_told_of_what_was_withdrawn_before(sent, write, now):
    sent.withdraw(now)
    assert write("new_application", sent.id) is None
    assert write("application_sent", sent.id) is None


def test_the_candidate_has_it_in_writing(sent, write):
    letter = write("application_sent", sent.id)
    assert letter.to == "ada@example.com"
    assert letter.context["public_id"] == sent.public_id


def test_an_answer_is_written_about_once_and_only_the_last(session, sent, write, now):
    decline_application(session, sent, now)
    shortlist_application(session, sent, now)
    declined, shortlisted = answers(session)
    assert write("application_answered", declined) is None
    letter = write("application_answered", shortlisted)
    assert letter.subject == "You are shortlisted: Inpatient coder"


def test_an_answer_to_what_was_withdrawn_since_is_not_written(session, sent, write, now):
    shortlist_application(session, sent, now)
    withdraw_application(session, sent, now)
    session.flush()
    assert write("application_answered", answers(session)[0]) is None
    assert write("application_withdrawn", sent.id).subject.startswith("Application withdrawn")


@pytest.mark.parametrize("name", LETTERS)
def test_no_letter_is_written_about_what_is_gone(name, write):
    assert write(name, "999@1" if name == "application_answered" else 999) is None


@pytest.mark.parametrize("status", ["submitted", "shortlisted", "declined", "hired"])
@pytest.mark.parametrize("name", LETTERS)
def test_both_parts_of_a_letter_say_the_same(app, settings, session, sent, write, name, status):
    sent.status = ApplicationStatus(status)
    session.flush()
    about = f"{sent.id}@{sent.version}" if name == "application_answered" else sent.id
    letter = write(name, about)
    assert (letter is None) == (name == "application_answered" and status == "submitted")
    if letter is not None:
        message = compose(app, settings, letter)
        html = message.get_body(["html"]).get_content()
        text = message.get_body(["plain"]).get_content()
        for words in ("Inpatient coder", f"/applications/{sent.public_id}"):
            assert words in html
            assert words in text
        assert "Ada <Coder>" in text
        assert "Ada &lt;Coder&gt;" in html
