"""Invoices: what was asked for, what Stripe made of it, and when it falls due. Money is cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.billing.models import Checkout
from careercenter.database import Base
from careercenter.employers.models import Employer

NET = timedelta(days=30)
PATIENCE = timedelta(days=14)  # after the due day, until what was given on trust is withheld
TWICE = timedelta(minutes=10)  # in which the same wish again is a second click
MOST_REFERENCES = 4  # Stripe prints no more
LEAST_CENTS = 10_000
MOST_OPEN_CENTS = 500_000  # that one employer may owe at a time


@dataclass(frozen=True, slots=True)
class Address:
    """In the United States; others are kept on Stripe's page for billing details."""

    line: str
    city: str
    state: str  # code
    zip_code: str


@dataclass(frozen=True, slots=True)
class InvoiceWishes:
    """What an accounts department wants to read on it, and where to reach it."""

    po_number: str = ""
    references: tuple[tuple[str, str], ...] = ()  # (name, value), at most four
    email: str = ""  # of accounts payable; empty: of who asked
    address: Address | None = None  # None: the one that Stripe has, if it has one


@dataclass(frozen=True, slots=True)
class RemoteInvoice:
    """An invoice as Stripe tells it. Times are aware; money is cents."""

    id: str
    status: str  # draft | open | paid | void | uncollectible
    number: str
    url: str  # where it is read and paid
    pdf_url: str
    metadata: Mapping[str, str]
    livemode: bool
    currency: str
    tax_cents: int
    total_cents: int
    due_at: datetime | None
    payment_intent_id: str | None = None  # None where it was paid outside of Stripe


class InvoiceState(StrEnum):
    CREATING = "creating"  # our row stands; Stripe may or may not have it
    OPEN = "open"
    PAID = "paid"
    VOID = "void"
    UNCOLLECTIBLE = "uncollectible"  # written off; it can still be paid
    FAILED = "failed"  # Stripe would not make it


LIVE = frozenset({InvoiceState.CREATING, InvoiceState.OPEN})
_LIVE = text("state IN ('creating', 'open')")


class Invoice(Base):
    """A checkout that is paid on invoice; at most one of a checkout is live.

    ``params`` is what was sent, word for word: a repeat under the same key must be identical.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        Index(
            "uq_invoice_live",
            "checkout_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"), index=True)
    state: Mapped[InvoiceState] = mapped_column(default=InvoiceState.CREATING)
    on_issue: Mapped[bool]  # what is bought is given at once, on trust
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    stripe_invoice_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    number: Mapped[str] = mapped_column(String(60), default="")
    url: Mapped[str] = mapped_column(Text, default="")  # for letters; pages ask for a fresh one
    email: Mapped[str] = mapped_column(String(254))  # where our letters about it go
    po_number: Mapped[str] = mapped_column(String(60), default="")
    tax_cents: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[int]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # when it was paid, or nobody was to pay it any more
    withheld_at: Mapped[datetime | None]  # overdue for so long that what it gave is withheld
    version: Mapped[int] = mapped_column()

    checkout: Mapped[Checkout] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def key(self) -> str:
        """Under which Stripe knows our calls."""
        return f"inv:{self.public_id}"

    def is_overdue(self, now: datetime) -> bool:
        return self.state is InvoiceState.OPEN and self.due_at < now

    def standing(self, now: datetime) -> str:
        """creating | open | overdue | paid | void | uncollectible | failed"""
        return "overdue" if self.is_overdue(now) else self.state.value

    def note(self, remote: RemoteInvoice) -> None:
        """Remember the invoice that Stripe made. A second time changes nothing."""
        if self.stripe_invoice_id is None:
            self.stripe_invoice_id, self.number, self.url = remote.id, remote.number, remote.url
            self.tax_cents, self.total_cents = remote.tax_cents, remote.total_cents
            self.due_at = remote.due_at or self.due_at
        if self.state is InvoiceState.CREATING:
            self.state = InvoiceState.OPEN


class Terms(StrEnum):
    """How an employer may pay on invoice."""

    RULE = "rule"  # as the board's rule has it
    ISSUE = "issue"  # what is bought is given when the invoice is made out
    PAYMENT = "payment"  # it is given when the invoice is paid
    NONE = "none"


class InvoiceTerms(Base):
    """What finance staff decided of an employer. Never edited; the newest one holds."""

    __tablename__ = "invoice_terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    terms: Mapped[Terms]
    reason: Mapped[str] = mapped_column(String(200))
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime]

    employer: Mapped[Employer] = relationship()
    decided_by: Mapped[User] = relationship()


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether an employer may pay on invoice, and when it gets what it bought."""

    refusal: str = ""  # empty: it may
    on_issue: bool = False
