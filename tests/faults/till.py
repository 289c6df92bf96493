"""A board with a real database and a simulator, and a process of it that can be killed.

`python -m tests.faults.till` does one thing as the employer of the board described by its
environment, and dies where CC_CRASH_AT says: `start`, `back` (from paying) or `work`.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from careercenter import clock
from careercenter.accounts.models import User
from careercenter.accounts.usecases import open_session
from careercenter.app import create_app
from careercenter.billing.contradictions import contradictions
from careercenter.billing.gateway import make_payments
from careercenter.billing.models import Checkout, FulfilmentState, Payment
from careercenter.config import Settings
from careercenter.credits.usecases import gift_credits
from careercenter.database import Base, make_engine
from careercenter.duties import money_handlers
from careercenter.employers.models import Employer, Member
from careercenter.postings.models import Posting, PostingStatus
from careercenter.tasks import Runner, Task
from tests.billing.conftest import begin, signed
from tests.factories import create_board, make_employer, make_posting, owner_of
from tests.stripesim.remote import Remote

ROOT = Path(__file__).parent.parent.parent
KILLED = -9
SECRET = "whsec_for_tests"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Till:
    """One board. ``env`` is what its processes are started with."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.settings = Settings.from_env(env)
        self.engine = make_engine(self.settings.database_url)
        self.sessions = sessionmaker(self.engine)
        self.payments = make_payments(self.settings)
        self.sim = Remote(self.settings.stripe_api_base)
        self.app = make_app(self.settings)

    def open(self, drafts: int = 1, credits: int = 0) -> list[int]:
        """Make the tables, an employer and drafts; return the drafts' ids."""
        create_board(self.engine)
        with self.sessions() as session:
            employer = make_employer(session)
            if credits:
                gift_credits(session, employer, credits, "for tests", clock.now())
            made = [make_posting(session, PostingStatus.DRAFT, employer) for _ in range(drafts)]
            ids = [posting.id for posting in made]
            session.commit()
        return ids

    def client(self) -> FlaskClient:
        """A browser of the employer's."""
        with self.sessions() as session:
            owner = owner_of(session, session.scalars(select(Employer)).one())
            token = open_session(session, session.get_one(User, owner.id), "tests", clock.now())
            session.commit()
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    def start(self, posting_id: int) -> str:
        """Press Pay; return where it leads."""
        form = {"version": str(self.version(posting_id))}
        response = self.client().post(f"/hire/postings/{posting_id}/checkouts", data=form)
        assert response.status_code == 303, response.text
        return response.location or ""

    def buy(self, count: int) -> list[str]:
        """So many postings, each paid by card; the sessions' ids. Nobody has told us."""
        paid = []
        for posting_id in self.open(count):
            with self.sessions() as session:
                member = session.scalars(select(Member)).one()
                posting = session.get_one(Posting, posting_id)
                attempt = begin(session, posting, member, self.settings, clock.now())
                session.commit()
                remote = self.payments.create_session(attempt.params, attempt.idempotency_key)
                attempt.note(remote)
                session.commit()
            self.sim.pay(remote.id)
            paid.append(remote.id)
        return paid

    def back(self) -> str:
        """Come back from Stripe's page; return what is read there."""
        with self.sessions() as session:
            checkout = session.scalars(select(Checkout)).one()
            session_id = checkout.attempts[-1].stripe_session_id
            url = f"/hire/checkouts/{checkout.public_id}?session_id={session_id}"
        response = self.client().get(url)
        assert response.status_code == 200, response.text
        return response.text

    def hear(self, body: str) -> TestResponse:
        """Stripe sends this, signed."""
        headers = {"Stripe-Signature": signed(body, SECRET)}
        return self.app.test_client().post(
            "/webhooks/stripe", data=body, headers=headers, content_type="application/json"
        )

    def sessions_at_stripe(self) -> list[str]:
        return [session.id for session in self.payments.list_sessions(LONG_AGO)]

    def version(self, posting_id: int) -> int:
        with self.sessions() as session:
            return session.get_one(Posting, posting_id).version

    def runner(self) -> Runner:
        return Runner(self.sessions, money_handlers(self.app, self.settings))

    def work(self, now: datetime | None = None) -> None:
        """Run what is due, leases of dead workers included."""
        while self.runner().run_one(now or clock.now() + timedelta(minutes=3)):
            pass

    def sweep(self) -> None:
        """The sweep of a quarter of an hour from now, and what it promised."""
        later = clock.now() + timedelta(minutes=15)
        with self.sessions() as session:
            money_handlers(self.app, self.settings)["billing_sweep"](session, "", later)
            session.commit()
        self.work(later)

    def die(self, action: str, at: str) -> None:
        """Do it in a process of its own that is killed there."""
        env = {**os.environ, **self.env, "CC_CRASH_AT": at, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.faults.till", action]
        done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == KILLED, done.stderr.decode()[-2000:]

    def check(self, paid: int = 1) -> None:
        """The invariants, and that so many checkouts were paid and given, each once."""
        with self.sessions() as session:
            assert contradictions(session) == []
            checkouts = session.scalars(select(Checkout)).all()
            given = [it for it in checkouts if it.fulfilment_state is FulfilmentState.FULFILLED]
            assert len(given) == paid
            kinds = session.scalars(select(Task.kind)).all()
            assert kinds.count("mail:receipt") == paid
            assert self._charged() == sorted(session.scalars(select(Payment.payment_intent_id)))
            self._check_database(session)

    def count(self, model: type[Base]) -> int:
        with self.sessions() as session:
            return len(session.scalars(select(model)).all())

    def _charged(self) -> list[str]:
        """The payments that succeeded at Stripe."""
        intents = self.sim.client().v1.payment_intents.list({"limit": 100}).auto_paging_iter()
        return sorted(intent.id for intent in intents if intent.status == "succeeded")

    def _check_database(self, session: Session) -> None:
        if self.engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def make_app(settings: Settings) -> Flask:
    app = create_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    return app


def main(action: str) -> None:
    till = Till(dict(os.environ))
    with till.sessions() as session:
        posting_id = session.scalars(select(Posting.id)).one()
    {"start": lambda: till.start(posting_id), "back": till.back, "work": till.work}[action]()


if __name__ == "__main__":
    main(sys.argv[1])
