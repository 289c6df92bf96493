"""What an operator types."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.billing.gateway import make_payments
from careercenter.billing.models import Checkout, FulfilmentState, PaymentState
from careercenter.credits.models import LedgerEntry
from careercenter.database import make_engine
from careercenter.employers.models import Employer
from careercenter.employers.queries import member_of
from careercenter.findings.models import Finding
from careercenter.invoicing.models import InvoiceState, InvoiceWishes
from careercenter.invoicing.usecases import request_invoice
from careercenter.postings.models import PostingStatus
from careercenter.publishing.queries import days_for
from careercenter.reconciling import billing
from tests.conftest import make_settings
from tests.factories import create_board, make_employer, make_posting, owner_of
from tests.stripesim.running import Running


@pytest.fixture
def engine(fresh_url):
    engine = make_engine(fresh_url)
    create_board(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def run(fresh_url, tmp_path: Path):
    def run(*words, **more):
        settings = make_settings(fresh_url, tmp_path, **more)
        return CliRunner().invoke(billing, list(words), obj=settings)

    return run


@pytest.fixture
def stored(engine):
    with Session(engine) as session:
        employer = make_employer(session, slug="lakeside")
        address = owner_of(session, employer).email
        session.commit()
    return address


OFF = {"STRIPE_SECRET_KEY": "", "STRIPE_WEBHOOK_SECRET": ""}


def test_a_gift_reaches_the_employer_by_slug_or_address(run, engine, stored):
    assert run("gift", "lakeside", "2", "--reason", "first").exit_code == 0
    done = run("gift", stored.upper(), "3", "--reason", "second")
    assert "has 5 now" in done.output
    with Session(engine) as session:
        assert sorted(session.scalars(select(LedgerEntry.delta))) == [2, 3]


@pytest.mark.parametrize("words", [("nobody", "1"), ("lakeside", "0"), ("lakeside", "many")])
def test_a_gift_that_makes_no_sense_is_refused(run, engine, stored, words):
    assert run("gift", *words, "--reason", "x").exit_code != 0
    with Session(engine) as session:
        assert session.scalars(select(LedgerEntry)).all() == []


def test_reconcile_says_when_the_books_are_right(run, stored):
    done = run("reconcile", **OFF)
    assert (done.exit_code, done.stdout) == (0, "The books are right.\n")


def test_reconcile_fails_while_something_is_wrong(run, engine, stored):
    with Session(engine) as session:
        session.scalars(select(Employer)).one().credit_balance = 4
        session.commit()
    done = run("reconcile", "--json", **OFF)
    (finding,) = json.loads(done.stdout)["findings"]
    assert (done.exit_code, finding["kind"]) == (1, "balance_not_ledger")
    assert "balance_not_ledger" in run("reconcile", **OFF).output


def test_a_finding_can_be_laid_to_rest(run, engine, stored, now):
    with Session(engine) as session:
        seen = {"first_seen_at": now, "last_seen_at": now}
        session.add(Finding(id=7, kind="refund", object_id="pi_1", note="", **seen))
        session.commit()
    assert run("reconcile", **OFF).exit_code == 1
    assert run("resolve", "7").exit_code == 0
    assert run("reconcile", **OFF).exit_code == 0
    assert run("resolve", "8").exit_code == 1


def test_reconcile_asks_stripe(run, stored):
    with Running() as sim:
        done = run("reconcile", "--since", "7d", STRIPE_API_BASE=sim.url)
        assert done.exit_code == 0, done.output
        assert {entry["path"] for entry in sim.requests()} == {
            "/v1/events",
            "/v1/checkout/sessions",
        }
    gone = run("reconcile", STRIPE_API_BASE=sim.url)
    assert gone.exit_code == 1
    assert "not answering" in gone.output


def test_reconcile_takes_up_an_invoice_whose_answer_was_lost(run, engine, stored, tmp_path, now):
    with Running() as sim, Session(engine) as session:
        settings = make_settings(str(engine.url), tmp_path, STRIPE_API_BASE=sim.url)
        employer = session.scalars(select(Employer)).one()
        customer = make_payments(settings).create_customer(
            employer.id, employer.name, "a@b.example"
        )
        employer.stripe_customer_id = customer
        member = member_of(session, owner_of(session, employer).id)
        draft = make_posting(session, PostingStatus.DRAFT, employer)
        wanted, before = days_for(session, draft, now), now - timedelta(hours=1)
        invoice = request_invoice(session, wanted, member, InvoiceWishes(), settings, before)
        session.commit()
        done = run("reconcile", STRIPE_API_BASE=sim.url)
        assert done.exit_code == 0, done.output
        session.refresh(invoice)
        assert (invoice.state, bool(invoice.url)) == (InvoiceState.OPEN, True)


@pytest.mark.parametrize("span", ["48", "h", "0h", "-1h", "2w", "99999h"])
def test_a_span_is_hours_or_days(run, stored, span):
    assert run("reconcile", "--since", span, **OFF).exit_code == 2


def test_money_that_waits_for_a_decision_is_not_laid_to_rest(run, engine, stored, now):
    with Session(engine) as session:
        employer = session.scalars(select(Employer)).one()
        held = Checkout(
            public_id="held",
            employer=employer,
            placed_by=owner_of(session, employer),
            subtotal_cents=1,
            total_cents=1,
            payment_state=PaymentState.PAID,
            fulfilment_state=FulfilmentState.HELD,
            created_at=now,
        )
        seen = {"first_seen_at": now, "last_seen_at": now}
        finding = Finding(id=7, kind="amount_mismatch", object_id="held", note="", **seen)
        session.add_all([held, finding])
        session.commit()
    done = run("resolve", "7")
    assert (done.exit_code, "Release or revoke" in done.output) == (1, True)
