"""What is kept, for how long, and what two clicks at once come to."""

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from careercenter import clock
from careercenter.accounts.usecases import open_session
from careercenter.app import create_app
from careercenter.applications.models import KEPT_FOR, Application
from careercenter.applications.usecases import forget_old_applications, withdraw_application
from careercenter.database import Base
from careercenter.extensions import db
from careercenter.tasks import Task
from tests.factories import make_application, make_candidate, make_posting, make_resume, make_user


def test_after_two_years_an_application_is_erased(session, now):
    old, young = make_application(session), make_application(session)
    old.submitted_at = now - KEPT_FOR - timedelta(minutes=1)
    young.submitted_at = now - KEPT_FOR + timedelta(minutes=1)
    key = old.resume.storage_key
    forget_old_applications(session, "", now)
    session.flush()
    assert session.scalars(select(Application)).all() == [young]
    assert session.scalars(select(Task.subject).where(Task.kind == "discard_file")).all() == [key]


def test_withdrawing_keeps_the_record_and_tells_the_employer(session, now):
    sent = make_application(session)
    withdraw_application(session, sent, now)
    promised = session.execute(select(Task.kind, Task.subject).order_by(Task.id)).all()
    assert (sent.status, sent.withdrawn_at) == ("withdrawn", now)
    assert promised == [
        ("discard_file", sent.resume.storage_key),
        ("mail:application_withdrawn", str(sent.id)),
    ]


@pytest.fixture
def real_app(settings, fresh_url, tmp_path):
    """On a database of its own, where each request really commits."""
    app = create_app(replace(settings, database_url=fresh_url, data_dir=tmp_path))
    app.config.update(WTF_CSRF_ENABLED=False)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


def arrange():
    """A signed-in candidate with a résumé, and a posting: (token, form data, address)."""
    candidate = make_candidate(db.session, user=make_user(db.session))
    resume = make_resume(db.session, candidate)
    posting = make_posting(db.session)
    token = open_session(db.session, candidate.user, "tests", clock.now())
    arranged = token, {"resume": resume.public_id}, f"/jobs/{posting.id}-x/apply"
    db.session.commit()
    db.session.remove()
    return arranged


def test_of_two_clicks_at_once_one_application_comes(real_app):
    token, data, address = arrange()
    start, locations = threading.Barrier(4), []

    def click() -> None:
        client = real_app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        start.wait()
        locations.append(client.post(address, data=data).location)

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    mails = db.session.scalar(select(func.count(Task.id)).where(Task.kind.like("mail:%")))
    assert db.session.scalar(select(func.count(Application.id))) == 1
    assert (len(set(locations)), mails) == (1, 2)
    assert re.fullmatch("/me/applications/[0-9a-f]{32}", locations[0])
