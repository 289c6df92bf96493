"""Stand-ins for the services that live elsewhere. They remember what they were told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from sqlalchemy.orm import Session

from careercenter.billing.gateway import PaymentsDown, PaymentsRefused, RemoteEvent, read_event
from careercenter.billing.models import RemoteSession
from careercenter.errors import Unavailable
from careercenter.invoicing.models import RemoteInvoice
from careercenter.listings.index import ListingDocument
from careercenter.storage import AWAY
from careercenter.verification.gateway import AWAY as NO_NAME_SERVER
from search_sync.writer import IndexDown, MemoryIndex, Outcome, Receipt, State


class FakeStorage:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.down = False

    def save(self, key: str, content: bytes) -> None:
        self._answer()
        self.files[key] = content

    def read(self, key: str) -> bytes:
        self._answer()
        return self.files[key]

    def delete(self, key: str) -> None:
        self.files.pop(key, None)

    def healthy(self) -> bool:
        return not self.down

    def _answer(self) -> None:
        if self.down:
            raise Unavailable(AWAY)


class FakeResolver:
    """Name servers: what a name says. ``down`` ones do not answer."""

    def __init__(self) -> None:
        self.records: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self.down = False
        self.watch: Session | None = None

    def texts(self, name: str) -> list[str]:
        assert self.watch is None or not self.watch.in_transaction(), "called in a transaction"
        if self.down:
            raise Unavailable(NO_NAME_SERVER)
        self.asked.append(name)
        return self.records.get(name, [])


class FakeMailer:
    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.down = False

    def deliver(self, message: EmailMessage) -> None:
        if self.down:
            raise ConnectionError("the mail server is away")
        self.sent.append(message)


class FakePayments:
    """Stripe, as a dictionary. ``watch`` a session, and a call inside its transaction fails."""

    SECRET = "whsec_for_tests"

    def __init__(self) -> None:
        self.sessions: dict[str, RemoteSession] = {}
        self.events: list[RemoteEvent] = []
        self.sent: dict[str, tuple[Mapping[str, Any], RemoteSession]] = {}  # by idempotency key
        self.customers: dict[int, str] = {}
        self.subscribing: set[str] = set()  # sessions that begin a subscription
        self.down = False
        self.refusal: PaymentsRefused | None = None  # of the next session
        self.watch: Session | None = None

    def create_customer(self, employer_id: int, name: str, email: str) -> str:
        self._answer()
        return self.customers.setdefault(employer_id, f"cus_{employer_id}")

    def create_session(
        self, params: Mapping[str, Any], key: str, discount_cents: int = 0
    ) -> RemoteSession:
        self._answer()
        if self.refusal:
            refusal, self.refusal = self.refusal, None
            raise refusal
        known, made = self.sent.setdefault(key, (params, self._session(params, discount_cents)))
        if known != params:
            raise PaymentsRefused
        self.sessions.setdefault(made.id, made)
        return made

    def retrieve_session(self, session_id: str, hurried: bool = False) -> RemoteSession:
        self._answer()
        if session_id not in self.sessions:
            raise PaymentsRefused("session", missing=True)
        return self.sessions[session_id]

    def expire_session(self, session_id: str) -> RemoteSession:
        if self.retrieve_session(session_id).status == "open":
            self.tamper(session_id, status="expired", url="")
        return self.sessions[session_id]

    def list_sessions(self, since: datetime) -> list[RemoteSession]:
        self._answer()
        return list(self.sessions.values())

    def list_events(self, types: Sequence[str], since: datetime) -> list[RemoteEvent]:
        self._answer()
        return [e for e in self.events if e.type in types and e.created_at >= since]

    def verify_event(self, payload: bytes, signature: str, now: datetime) -> RemoteEvent:
        return read_event(payload, signature, [self.SECRET], now)

    def pay(self, session_id: str) -> RemoteSession:
        """The payer pays by card."""
        paid = {"status": "complete", "payment_status": "paid", "url": ""}
        if session_id in self.subscribing:
            paid["subscription_id"] = f"sub_{session_id.removeprefix('cs_test_')}"
        return self.tamper(session_id, **paid, **self._intent(session_id, "succeeded"))

    def debit(self, session_id: str) -> RemoteSession:
        """The payer pays from a bank account; the bank has not answered."""
        owing = {"status": "complete", "payment_status": "unpaid", "url": ""}
        return self.tamper(session_id, **owing, **self._intent(session_id, "processing"))

    def bounce(self, session_id: str) -> RemoteSession:
        """The bank sends a debit back."""
        return self.tamper(session_id, intent_status="requires_payment_method")

    def tamper(self, session_id: str, **changes: Any) -> RemoteSession:
        self.sessions[session_id] = replace(self.sessions[session_id], **changes)
        return self.sessions[session_id]

    def _answer(self) -> None:
        assert self.watch is None or not self.watch.in_transaction(), "called in a transaction"
        if self.down:
            raise PaymentsDown

    def _intent(self, session_id: str, status: str) -> dict[str, str]:
        number = session_id.removeprefix("cs_test_")
        intent, charge = f"pi_{number}", f"ch_{number}"
        return {"payment_intent_id": intent, "charge_id": charge, "intent_status": status}

    def _session(self, params: Mapping[str, Any], discount: int) -> RemoteSession:
        session_id = f"cs_test_{len(self.sent) + 1}"
        if params.get("mode") == "subscription":
            self.subscribing.add(session_id)
        prices = [(line["price_data"], line["quantity"]) for line in params["line_items"]]
        cents = sum(price["unit_amount"] * quantity for price, quantity in prices)
        return RemoteSession(
            id=session_id,
            url=f"https://checkout.stripe.com/c/pay/{session_id}",
            status="open",
            payment_status="unpaid",
            client_reference_id=params["client_reference_id"],
            metadata=params["metadata"],
            livemode=False,
            currency=prices[0][0]["currency"],
            subtotal_cents=cents,
            discount_cents=discount,
            tax_cents=0,
            total_cents=cents - discount,
            quantities=tuple(quantity for _, quantity in prices),
            expires_at=datetime.fromtimestamp(params["expires_at"], UTC),
        )


class FakeInvoices:
    """Stripe's invoices, as a dictionary. ``watch`` a session, and a call inside its transaction
    fails."""

    def __init__(self) -> None:
        self.made: dict[str, RemoteInvoice] = {}
        self.sent: dict[str, tuple[Mapping[str, Any], str]] = {}  # by key: the params and the id
        self.down = False
        self.silent = 0  # how many answers are still to be lost, after the work was done
        self.refusal: PaymentsRefused | None = None  # of the next one
        self.watch: Session | None = None

    def issue(self, params: Mapping[str, Any], key: str) -> RemoteInvoice:
        self._answer()
        if self.refusal:
            refusal, self.refusal = self.refusal, None
            raise refusal
        known, invoice_id = self.sent.setdefault(key, (params, f"in_{len(self.sent) + 1}"))
        if known != params:
            raise PaymentsRefused
        made = self.made.setdefault(invoice_id, self._invoice(params, invoice_id))
        if self.silent:
            self.silent -= 1
            raise PaymentsDown
        return made

    def retrieve(self, invoice_id: str) -> RemoteInvoice:
        self._answer()
        if invoice_id not in self.made:
            raise PaymentsRefused("invoice", missing=True)
        return self.made[invoice_id]

    def find(self, customer_id: str, public_id: str) -> RemoteInvoice | None:
        self._answer()
        made = self.made.values()
        return next((it for it in made if it.metadata.get("invoice") == public_id), None)

    def void(self, invoice_id: str) -> RemoteInvoice:
        return self._if_open(invoice_id, status="void")

    def write_off(self, invoice_id: str) -> RemoteInvoice:
        return self._if_open(invoice_id, status="uncollectible")

    def note_paid(self, invoice_id: str) -> RemoteInvoice:
        return self._if_open(invoice_id, status="paid")

    def pay(self, invoice_id: str, **more: Any) -> RemoteInvoice:
        """Somebody pays it on Stripe's page."""
        intent = f"pi_{invoice_id}"
        return self._if_open(invoice_id, status="paid", payment_intent_id=intent, **more)

    def _if_open(self, invoice_id: str, **changes: Any) -> RemoteInvoice:
        if self.retrieve(invoice_id).status in ("open", "uncollectible"):
            self.made[invoice_id] = replace(self.made[invoice_id], **changes)
        return self.made[invoice_id]

    def _answer(self) -> None:
        assert self.watch is None or not self.watch.in_transaction(), "called in a transaction"
        if self.down:
            raise PaymentsDown

    def _invoice(self, params: Mapping[str, Any], invoice_id: str) -> RemoteInvoice:
        about, cents = params["invoice"], sum(item["amount"] for item in params["items"])
        tax = cents * 7 // 100 if "automatic_tax" in about else 0
        return RemoteInvoice(
            id=invoice_id,
            status="open",
            number=f"A-{len(self.made) + 1:04}",
            url=f"https://invoice.stripe.com/i/{invoice_id}",
            pdf_url=f"https://invoice.stripe.com/i/{invoice_id}/pdf",
            metadata=about["metadata"],
            livemode=False,
            currency=about["currency"],
            tax_cents=tax,
            total_cents=cents + tax,
            due_at=None,
        )


class FakeIndex(MemoryIndex):
    """A search server: ``refused`` documents fail their whole batch, ``silent`` loses answers."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: set[int] = set()
        self.silent = 0  # how many answers are still to be lost, after the work was done
        self.broken = 0  # how many batches still fail by no fault of theirs
        self.down = False
        self.batches: list[int] = []  # their sizes
        self.steps: list[str] = []  # "sent" and "waited", in order

    def apply(self, upserts: Sequence[ListingDocument], removals: Sequence[int]) -> Receipt:
        if self.down:
            raise IndexDown("away")
        self.batches.append(len(upserts) + len(removals))
        self.steps.append("sent")
        if self.refused.intersection(document.id for document in upserts):
            return Receipt((), "a document was refused")
        return super().apply(upserts, removals)

    def settle(self, receipt: Receipt, timeout: float) -> Outcome:
        self.steps.append("waited")
        if self.silent:
            self.silent -= 1
            return Outcome(State.UNKNOWN, "no answer in time")
        if self.broken:
            self.broken -= 1
            return Outcome(State.BROKEN, "the disk is full")
        if receipt.refused:
            return Outcome(State.FAILED, receipt.refused)
        return Outcome(State.DONE)
