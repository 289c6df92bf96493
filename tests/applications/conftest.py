"""A candidate who is signed in, and a posting to apply to."""

from io import BytesIO

import pytest
from sqlalchemy import select

from careercenter.tasks import Task
from tests.candidates import files
from tests.factories import make_posting, make_user


@pytest.fixture
def posting(session):
    return make_posting(session, title="Inpatient coder")


@pytest.fixture
def address(posting):
    return f"/jobs/{posting.id}-inpatient-coder/apply"


@pytest.fixture
def user(session, client):
    user = make_user(session, name="Ada Coder", email="ada.coder@example.com")
    client.sign_in(user)
    return user


@pytest.fixture
def storage(app):
    return app.extensions["storage"]


@pytest.fixture
def promised(session):
    """What was promised so far: (kind, subject) pairs."""

    def promised() -> list[tuple[str, str]]:
        rows = session.execute(select(Task.kind, Task.subject).order_by(Task.id))
        return [(row.kind, row.subject) for row in rows]

    return promised


@pytest.fixture
def upload():
    """A file as a form sends it."""

    def upload(name: str = "cv.pdf", content: bytes | None = None) -> tuple[BytesIO, str]:
        return BytesIO(files.pdf() if content is None else content), name

    return upload
