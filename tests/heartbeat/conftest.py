"""Postings that run, and letters that went out."""

import pytest
from sqlalchemy import select, update

from careercenter.accounts.tokens import RowTokens
from careercenter.heartbeat import usecases
from careercenter.heartbeat.models import LINK_AGE, LINK_PURPOSE, Heartbeat
from careercenter.tasks import Task
from tests.hire.conftest import desk as desk
from tests.hire.conftest import employer as employer
from tests.lifecycle.conftest import running as running


@pytest.fixture
def asked(session, running, now):
    """A live posting, and the question about it, whose letter has just gone out."""

    def ask(begun: float = 15) -> Heartbeat:
        running(begun)
        usecases.ask(session, now)
        session.execute(update(Task).values(done_at=now))
        return session.scalars(select(Heartbeat).order_by(Heartbeat.id.desc())).first()

    return ask


@pytest.fixture
def link(settings):
    def link(heartbeat: Heartbeat, answer: str) -> str:
        token = RowTokens(settings, LINK_PURPOSE, LINK_AGE).make(heartbeat.id)
        return f"/heartbeats/{token}/{answer}"

    return link
