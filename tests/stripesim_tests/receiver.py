"""A webhook endpoint that remembers what arrived and answers as it is told."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import stripe

SECRET = "whsec_test"


class Receiver:
    """`answers` are the statuses given in turn; then 200. `bodies` and `signatures` are in step."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: list[int] = []
        self.bodies: list[bytes] = []
        self.signatures: list[str] = []

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events()]

    def events(self) -> list[stripe.Event]:
        """What arrived, each checked by its signature."""
        arrived = zip(self.bodies, self.signatures, strict=True)
        return [stripe.Webhook.construct_event(body, sig, SECRET) for body, sig in arrived]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.bodies.append(body)
            receiver.signatures.append(self.headers["Stripe-Signature"])
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Silence."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        receiver.url = f"http://127.0.0.1:{server.server_port}/webhooks/stripe"
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


def eventually(true: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for what another thread brings about; fails when it does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
