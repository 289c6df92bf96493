"""Questions to who applies: written by the employer, answered by the candidate."""

from io import BytesIO

import pytest
from sqlalchemy import select

from careercenter.applications.models import Application
from careercenter.listings.wording import listing_url
from careercenter.screening.models import Kind, Question, ScreeningAnswer
from careercenter.screening.queries import questions_of
from careercenter.screening.usecases import write_questions
from tests.candidates.files import pdf
from tests.factories import make_candidate, make_employer, make_posting, owner_of

EPIC = Question(1, "Do you know Epic?", Kind.CHOICE, True, ("Yes", "No"), ("Yes",))
SINCE = Question(2, "Since when?", Kind.TEXT, True, after=1, after_answer="Yes")
YEARS = Question(3, "Years of inpatient coding?", Kind.NUMBER, least=3)
KINDS = Question(4, "Which of these?", Kind.MANY, options=("DRG", "APC"), accepted=("DRG",))
START = Question(5, "When could you start?", Kind.DATE)


@pytest.fixture
def posting(session):
    return make_posting(session)


@pytest.fixture
def desk(client, session, posting):
    client.sign_in(owner_of(session, posting.employer))
    return client


@pytest.fixture
def asked(session, posting):
    write_questions(session, posting.id, [EPIC, SINCE, YEARS, KINDS, START])
    return posting


@pytest.fixture
def apply(client, session, asked):
    client.sign_in(make_candidate(session).user)

    def apply(**answers):
        fields = {f"question_{name[1:]}": value for name, value in answers.items()}
        return client.post(
            f"{listing_url(asked.id, asked.slug)}/apply",
            data={"file": (BytesIO(pdf()), "cv.pdf"), **fields},
        )

    return apply


def write(client, posting, **fields):
    form = {"version": posting.version, **fields}
    return client.post(f"/hire/postings/{posting.id}/questions", data=form)


def given(session):
    rows = session.scalars(select(ScreeningAnswer).order_by(ScreeningAnswer.number))
    return {row.number: (row.answer, row.ruled_out) for row in rows}


def test_an_employer_writes_questions_and_sees_them_again(desk, session, posting):
    write(
        desk, posting, text_1="Epic?", kind_1="choice", options_1="Yes\nNo", accepted_1="Yes",
        required_1="y", kind_2="text", text_3="Years?", kind_3="number", least_3="2",
        after_3="1", after_answer_3="Yes",
    )  # fmt: skip
    first, second = questions_of(session, posting.id)
    assert first == Question(1, "Epic?", Kind.CHOICE, True, ("Yes", "No"), ("Yes",))
    assert second == Question(2, "Years?", Kind.NUMBER, least=2, after=1, after_answer="Yes")
    page = desk.get(f"/hire/postings/{posting.id}/questions").text
    assert 'value="Epic?"' in page
    assert 'value="Years?"' in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind_1": "choice", "options_1": "Yes"}, "from two to 12 answers"),
        (
            {"kind_1": "choice", "options_1": "Yes\nNo", "accepted_1": "Maybe"},
            "as they stand above",
        ),
        ({"kind_1": "many", "options_1": "a\n" + "x" * 81}, "at most 80 characters"),
        ({"kind_1": "text", "after_1": "1"}, "an earlier question"),
        ({"kind_1": "text", "after_1": "7"}, "an earlier question"),
        ({"kind_1": "nonsense"}, "Choose from the list"),
        ({"kind_1": "text", "text_1": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_the_field(desk, session, posting, fields, words):
    answer = write(desk, posting, **{"text_1": "Epic?", **fields})
    assert answer.status_code == 422
    assert words in answer.text
    assert questions_of(session, posting.id) == ()


def test_questions_are_copied_from_another_posting(desk, session, asked):
    other = make_posting(session, employer=asked.employer)
    data = {"version": other.version, "from": asked.id}
    desk.post(f"/hire/postings/{other.id}/questions/copies", data=data)
    assert questions_of(session, other.id) == questions_of(session, asked.id)


def test_anothers_questions_are_not_found(client, session, asked):
    client.sign_in(owner_of(session, make_employer(session)))
    path = f"/hire/postings/{asked.id}/questions"
    assert client.get(path).status_code == 404
    assert client.post(path, data={"version": asked.version}).status_code == 404


def test_the_slower_of_two_gets_a_conflict(desk, posting):
    assert write(desk, posting, version=posting.version - 1).status_code == 409


def test_what_is_needed_is_said_before_it_is_answered(client, session, asked):
    client.sign_in(make_candidate(session).user)
    page = client.get(f"{listing_url(asked.id, asked.slug)}/apply").text
    assert "The employer needs: Yes." in page
    assert "The employer needs: 3 or more." in page
    assert "If you answered question 1 with “Yes”." in page


def test_answers_go_with_the_application_and_the_unfit_are_marked(apply, client, session, asked):
    answer = apply(q1="Yes", q2="2019", q3="2", q4=["APC"], q5="2027-01-04")
    assert answer.status_code == 303
    assert given(session) == {
        1: ("Yes", False),
        2: ("2019", False),
        3: ("2", True),
        4: ("APC", True),
        5: ("2027-01-04", False),
    }
    assert "2019" in client.get(answer.location).text
    client.sign_in(owner_of(session, asked.employer))
    application = session.scalars(select(Application)).one()
    assert "You need: 3 or more" in client.get(f"/hire/applications/{application.public_id}").text
    assert "An answer you cannot use" in client.get(f"/hire/postings/{asked.id}/applications").text


def test_a_question_that_is_not_asked_needs_no_answer(apply, session):
    assert apply(q1="No").status_code == 303
    assert given(session) == {1: ("No", True), 3: ("", False), 4: ("", False), 5: ("", False)}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Answer this question."),
        ({"q1": "Yes"}, "Answer this question."),
        ({"q1": "Perhaps"}, "Choose from the list"),
        ({"q1": "No", "q3": "many"}, "Enter a number"),
        ({"q1": "No", "q4": ["XYZ"]}, "Choose from the list"),
        ({"q1": "No", "q5": "soon"}, "Enter a day"),
        ({"q1": "Yes", "q2": "x" * 2001}, "at most 2,000 characters"),
    ],
)
def test_a_wrong_answer_is_refused_and_nothing_is_sent(apply, session, answers, words):
    answer = apply(**answers)
    assert answer.status_code == 422
    assert words in answer.text
    assert not session.scalars(select(Application)).all()


def test_answers_are_forgotten_with_a_withdrawn_application(apply, client, session):
    apply(q1="No")
    application = session.scalars(select(Application)).one()
    path = f"/me/applications/{application.public_id}/withdrawal"
    client.post(path, data={"version": application.version})
    assert given(session) == {}
