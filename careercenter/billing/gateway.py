"""Stripe. The only module that knows its library, its names and its errors; no rules of ours."""

import hashlib
import json
import os
import re
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn, Protocol

import stripe

from careercenter.billing.models import RemoteSession
from careercenter.billing.remote import PaymentsDown as PaymentsDown
from careercenter.billing.remote import PaymentsRefused as PaymentsRefused
from careercenter.billing.remote import answering, make_client
from careercenter.config import Settings
from careercenter.errors import Unavailable

APP = "careercenter"
OFF = "Payment is not set up on this board yet."
TOLERANCE = 300  # seconds an event's stamp may be away from our clock, on either side
MOST_TYPES = 20  # of events, that Stripe takes in one question
PLAIN = re.compile(r"[A-Za-z0-9_.]{0,80}")
EXPAND = ["line_items", "payment_intent", "invoice.payments"]


class InvalidEvent(Exception):
    """The body of a webhook that Stripe did not sign, or not just now, or that is no event."""


@dataclass(frozen=True, slots=True)
class RemoteEvent:
    """A message from Stripe whose origin was proved, or that was asked for."""

    id: str
    type: str
    object_id: str  # the payment intent for charges and what follows; "" where there is none
    livemode: bool
    created_at: datetime


class Payments(Protocol):
    """All but ``verify_event`` wait on the network: never inside a transaction.

    They raise ``PaymentsDown`` and ``PaymentsRefused``.
    """

    def create_customer(self, employer_id: int, name: str, email: str) -> str: ...

    def create_session(
        self, params: Mapping[str, Any], key: str, discount_cents: int = 0
    ) -> RemoteSession:
        """Twice with one key and the same params: the same session, as it was at first.

        ``discount_cents``: of the coupon that ``params`` name, which is made before.
        """

    def retrieve_session(self, session_id: str, hurried: bool = False) -> RemoteSession:
        """``hurried``: give up after five seconds, for a person is waiting."""

    def expire_session(self, session_id: str) -> RemoteSession:
        """End it, if it is open still; tell how it stands."""

    def list_sessions(self, since: datetime) -> Sequence[RemoteSession]: ...

    def list_events(self, types: Sequence[str], since: datetime) -> Sequence[RemoteEvent]: ...

    def verify_event(self, payload: bytes, signature: str, now: datetime) -> RemoteEvent:
        """Raises ``InvalidEvent`` whatever is wrong."""


def make_payments(settings: Settings) -> Payments:
    return StripePayments(settings) if settings.stripe_secret_key else Off()


class StripePayments:
    def __init__(self, settings: Settings) -> None:
        self._secrets = settings.stripe_webhook_secrets
        self._patient = make_client(settings, (3, 10), 2)
        self._hurried = make_client(settings, (2, 3), 0)

    def create_customer(self, employer_id: int, name: str, email: str) -> str:
        mark = {"app": APP, "employer": str(employer_id)}
        said = hashlib.sha256(f"{name}\0{email}".encode()).hexdigest()  # another key, other words
        with answering("create_customer"):
            return self._patient.v1.customers.create(
                {"name": name, "email": email, "metadata": mark},
                {"idempotency_key": f"cus:{employer_id}:{said[:16]}"},
            ).id

    def create_session(
        self, params: Mapping[str, Any], key: str, discount_cents: int = 0
    ) -> RemoteSession:
        if discount_cents:
            self._create_coupon(params["discounts"][0]["coupon"], discount_cents)
        exact: Any = dict(params)
        with answering("create_session"):
            made = self._patient.v1.checkout.sessions.create(exact, {"idempotency_key": key})
            step("in-stripe")
            return _session(made)

    def _create_coupon(self, name: str, cents: int) -> None:
        """For one session. It may be there already."""
        once: Any = {"id": name, "amount_off": cents, "currency": "usd", "duration": "once"}
        with answering("create_coupon"):
            try:
                self._patient.v1.coupons.create(once, {"idempotency_key": f"coupon:{name}"})
            except stripe.InvalidRequestError as error:
                if error.code != "resource_already_exists":
                    raise

    def retrieve_session(self, session_id: str, hurried: bool = False) -> RemoteSession:
        client = self._hurried if hurried else self._patient
        with answering("retrieve_session"):
            return _session(client.v1.checkout.sessions.retrieve(session_id, {"expand": EXPAND}))

    def expire_session(self, session_id: str) -> RemoteSession:
        try:
            with answering("expire_session"):
                self._patient.v1.checkout.sessions.expire(session_id)
        except PaymentsRefused:
            pass  # it was over already; how it ended is what we ask next
        return self.retrieve_session(session_id)

    def list_sessions(self, since: datetime) -> Sequence[RemoteSession]:
        with answering("list_sessions"):
            first = self._patient.v1.checkout.sessions.list(
                {"created": {"gte": int(since.timestamp())}, "limit": 100}
            )
            return [_session(session) for session in first.auto_paging_iter()]

    def list_events(self, types: Sequence[str], since: datetime) -> Sequence[RemoteEvent]:
        asked, found = sorted(types), []
        for n in range(0, len(asked), MOST_TYPES):
            some: Any = {"types": asked[n : n + MOST_TYPES], "limit": 100}
            with answering("list_events"):
                first = self._patient.v1.events.list(
                    some | {"created": {"gte": int(since.timestamp())}}
                )
                found += [_event(event.to_dict()) for event in first.auto_paging_iter()]
        return found

    def verify_event(self, payload: bytes, signature: str, now: datetime) -> RemoteEvent:
        return read_event(payload, signature, self._secrets, now)


class Off:
    """A board where nobody can pay. Credits work."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise Unavailable(OFF, 3600)

    create_customer = create_session = retrieve_session = expire_session = _refuse
    list_sessions = list_events = _refuse

    def verify_event(self, payload: bytes, signature: str, now: datetime) -> RemoteEvent:
        raise InvalidEvent


def read_event(
    payload: bytes, signature: str, secrets: Sequence[str], now: datetime
) -> RemoteEvent:
    """Believe a webhook's body, or raise ``InvalidEvent``."""
    try:
        text = payload.decode()
        # One stamp, or the library could check another than we do.
        (stamp,) = re.findall(r"(?:^|,)t=([0-9]{1,12})(?=,|$)", signature)
        if abs(now.timestamp() - int(stamp)) > TOLERANCE:
            raise InvalidEvent("old, or from the future")
        if not any(_signed(text, signature, secret) for secret in secrets):
            raise InvalidEvent("not signed")
        return _event(json.loads(text))
    except Exception as error:  # nobody may make an error page out of a body
        raise InvalidEvent(type(error).__name__) from error


def step(name: str) -> None:
    """Where a test kills the process (CC_CRASH_AT=name), to see what is left. Not in production.

    The names, in the order of a purchase: ``after-row``, ``in-stripe``, ``after-note``;
    ``before-settled`` (all written, nothing committed), ``after-settled``; ``in-refund``.
    """
    if os.environ.get("CC_CRASH_AT") == name and os.environ.get("ENV") != "production":
        os.kill(os.getpid(), signal.SIGKILL)


def _signed(text: str, signature: str, secret: str) -> bool:
    try:
        return bool(stripe.WebhookSignature.verify_header(text, signature, secret))
    except stripe.SignatureVerificationError:
        return False


def _session(session: stripe.checkout.Session) -> RemoteSession:
    details = session.total_details
    lines = getattr(session, "line_items", None)
    intent = session.payment_intent
    opened = None if intent is None or isinstance(intent, str) else intent
    charge = opened.latest_charge if opened else None
    return RemoteSession(
        id=session.id,
        url=session.url or "",
        status=session.status or "",
        payment_status=session.payment_status,
        client_reference_id=session.client_reference_id or "",
        metadata=dict(session.metadata.to_dict() if session.metadata else {}),
        livemode=session.livemode,
        currency=session.currency or "",
        subtotal_cents=session.amount_subtotal or 0,
        discount_cents=details.amount_discount if details else 0,
        tax_cents=details.amount_tax if details else 0,
        total_cents=session.amount_total or 0,
        quantities=tuple(line.quantity or 0 for line in lines.data) if lines else (),
        expires_at=datetime.fromtimestamp(session.expires_at, UTC),
        payment_intent_id=_id(intent) or _intent_of_bill(session.invoice),
        intent_status=opened.status if opened else "",
        charge_id=_id(charge),
        subscription_id=_id(session.subscription),
    )


def _id(about: Any) -> str | None:
    """Of what stands there by its id, or whole."""
    return about if about is None or isinstance(about, str) else str(about.id)


def _intent_of_bill(bill: "str | stripe.Invoice | None") -> str | None:
    """By which a subscription's first bill was paid: its session has no payment of its own."""
    if bill is None or isinstance(bill, str) or not getattr(bill, "payments", None):
        return None
    made = [paid.payment.payment_intent for paid in bill["payments"].data]
    return next((_id(intent) for intent in made if intent), None)


def _event(event: Mapping[str, Any]) -> RemoteEvent:
    kind = _plain(event["type"])
    return RemoteEvent(
        id=_plain(event["id"]),
        type=kind,
        object_id=_object_id(kind, event["data"]["object"]),
        livemode=event["livemode"] is True,
        created_at=datetime.fromtimestamp(event["created"], UTC),
    )


def _object_id(kind: str, about: Mapping[str, Any]) -> str:
    if kind.startswith(("charge.", "refund.", "radar.")):
        return _plain(about.get("payment_intent") or "")
    word = about.get("id") or ""
    if kind.startswith(("checkout.", "payment_intent.")):
        return _plain(word)
    # Of no interest here, and its owner may have chosen any words for an id (of a product, say).
    return word if isinstance(word, str) and PLAIN.fullmatch(word) else ""


def _plain(word: str) -> str:
    """A short word of Stripe's. Raises ``ValueError`` for anything else."""
    if not PLAIN.fullmatch(word):
        raise ValueError("not an identifier")
    return word
