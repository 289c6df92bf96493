"""Speaks to a running simulator over HTTP: the payer's clicks and the control addresses."""

import json
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import stripe

FORM = "application/x-www-form-urlencoded"


class Reply(NamedTuple):
    status: int
    location: str | None  # where a redirect leads
    text: str


class Remote:
    """`url` is where the simulator listens, without a slash at the end."""

    def __init__(self, url: str) -> None:
        self.url = url

    def client(self, key: str = "sk_test_simulator", retries: int = 0) -> stripe.StripeClient:
        """The real library, pointed here."""
        return stripe.StripeClient(
            key, base_addresses={"api": self.url}, max_network_retries=retries
        )

    def pay(self, session_id: str, email: str = "") -> str:
        """Pay with the good card. Returns the address the payer is sent back to."""
        return self._leave(session_id, "pay", email)

    def decline(self, session_id: str, email: str = "") -> str:
        """Try a card that is declined. Returns the page that says so."""
        return self.press(session_id, "decline", email).text

    def bank_debit(self, session_id: str, email: str = "") -> str:
        """Pay by bank debit, which `settle` ends. Returns where the payer is sent."""
        return self._leave(session_id, "debit", email)

    def back(self, session_id: str) -> str:
        """Go back to the shop. Returns where the payer is sent."""
        return self._leave(session_id, "back", "")

    def press(self, session_id: str, action: str, email: str = "") -> Reply:
        """Press a button of the payment page: pay, decline, debit or back."""
        form = urlencode({"action": action, "email": email})
        return self.send("POST", f"/c/pay/{session_id}", form, FORM)

    def _leave(self, session_id: str, action: str, email: str) -> str:
        reply = self.press(session_id, action, email)
        if reply.location is None:
            raise AssertionError(f"{action} was answered {reply.status}: {reply.text}")
        return reply.location

    def settle(self, session_id: str, ok: bool = True) -> dict[str, Any]:
        return self.control("settle", session=session_id, ok=ok)

    def settle_invoice(self, invoice: str, ok: bool = True) -> dict[str, Any]:
        return self.control("settle", invoice=invoice, ok=ok)

    def pay_invoice(self, invoice: str, action: str = "pay") -> Reply:
        """Press a button of the hosted invoice: pay, decline or debit."""
        return self.send("POST", f"/i/{invoice}", urlencode({"action": action}), FORM)

    def dispute(self, intent: str, **more: Any) -> dict[str, Any]:
        """The payer's bank takes the money back; status="warning_needs_response": only asks."""
        return self.control("dispute", intent=intent, **more)

    def end_dispute(self, dispute: str, status: str) -> dict[str, Any]:
        return self.control("dispute_end", dispute=dispute, status=status)

    def end_refund(self, refund: str, status: str) -> dict[str, Any]:
        """How a refund that was pending ends: succeeded, failed or canceled."""
        return self.control("refund_end", refund=refund, status=status)

    def warn(self, intent: str) -> dict[str, Any]:
        """The card's bank warns of fraud."""
        return self.control("warn", intent=intent)

    def hook(self, url: str, secret: str, *events: str) -> dict[str, Any]:
        return self.control("hook", url=url, secret=secret, events=list(events) or ["*"])

    def config(self, **settings: Any) -> dict[str, Any]:
        return self.control("config", **settings)

    def fault(self, match: str, mode: str, **more: Any) -> dict[str, Any]:
        return self.control("faults", match=match, mode=mode, **more)

    def tamper(self, ident: str, **lies: Any) -> dict[str, Any]:
        return self.control("tamper", object=ident, **lies)

    def flush(self) -> dict[str, Any]:
        return self.control("flush")

    def log(self) -> list[dict[str, Any]]:
        """Every delivery attempt so far, oldest first."""
        return list(self._ask("GET", "log")["log"])

    def requests(self, match: str = "*") -> list[dict[str, Any]]:
        """Every API request so far like "POST /v1/refunds", oldest first."""
        return list(self._ask("GET", "requests?" + urlencode({"match": match}))["requests"])

    def control(self, name: str, **given: Any) -> dict[str, Any]:
        """POST to `/_sim/<name>`. Raises ValueError with the simulator's words when it refuses."""
        return self._ask("POST", name, json.dumps(given))

    def _ask(self, method: str, name: str, body: str | None = None) -> dict[str, Any]:
        reply = self.send(method, f"/_sim/{name}", body, "application/json")
        answer: dict[str, Any] = json.loads(reply.text)
        if reply.status != 200:
            raise ValueError(answer["error"])
        return answer

    def send(self, method: str, path: str, body: str | None = None, kind: str = FORM) -> Reply:
        parts = urlsplit(self.url)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            connection.request(method, path, body, {"Content-Type": kind})
            with connection.getresponse() as response:
                text = response.read().decode()
                return Reply(response.status, response.getheader("Location"), text)
        finally:
            connection.close()
