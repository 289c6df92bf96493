"""Stand-ins for the services that live elsewhere. They remember what they were told."""

from email.message import EmailMessage

from careercenter.errors import Unavailable
from careercenter.storage import AWAY


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


class FakeMailer:
    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.down = False

    def deliver(self, message: EmailMessage) -> None:
        if self.down:
            raise ConnectionError("the mail server is away")
        self.sent.append(message)


class FakePayments:
    """Stripe, as a dictionary. Filled in beside the gateway's protocol."""
