"""Letters: written when they are sent, from what is true then, and delivered by SMTP.

A feature registers a builder for each of its letters. The promise (``outbox.send_email``) carries
only the id of the row the letter is about.
"""

import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from flask import Flask, render_template
from sqlalchemy.orm import Session

from careercenter.config import Settings
from careercenter.tasks import Handler

SECONDS = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """``template`` names ``templates/email/<template>.html`` and ``.txt``."""

    to: str
    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Builder = Callable[[Session, str, datetime], Letter | None]  # None: there is no more to say


class Mailer(Protocol):
    def deliver(self, message: EmailMessage) -> None: ...


class SmtpMailer:
    """Speaks to the server of SMTP_URL: ``smtps`` at once, ``smtp`` by STARTTLS if offered."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._implicit = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._implicit else 25)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    def deliver(self, message: EmailMessage) -> None:
        with self._connect() as server:
            if self._user:
                server.login(self._user, self._password)
            server.send_message(message)

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._implicit:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=SECONDS, context=context)
        server = smtplib.SMTP(self._host, self._port, timeout=SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        return server


class FolderMailer:
    """Development: each letter is a file, read at /dev/mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").split("@")[0]
        (self.folder / f"{name}.eml").write_bytes(message.as_bytes())


def make_mailer(settings: Settings) -> Mailer:
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url)
    return FolderMailer(settings.data_dir / "mail")


def mail_handlers(
    app: Flask, settings: Settings, mailer: Mailer, builders: Mapping[str, Builder]
) -> dict[str, Handler]:
    """A task handler for each letter."""

    def handler(build: Builder) -> Handler:
        def send(session: Session, about: str, now: datetime) -> None:
            letter = build(session, about, now)
            session.commit()  # nothing is open while the server is spoken to
            if letter is not None:
                mailer.deliver(compose(app, settings, letter))

        return send

    return {f"mail:{name}": handler(build) for name, build in builders.items()}


def compose(app: Flask, settings: Settings, letter: Letter) -> EmailMessage:
    """Raises ``ValueError`` for a line break in an address or a subject."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = settings.mail_from, letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=urlsplit(settings.base_url).hostname)
    message["Auto-Submitted"] = "auto-generated"
    context = {**letter.context, "subject": letter.subject, "base_url": settings.base_url}
    with app.test_request_context(base_url=settings.base_url):
        message.set_content(render_template(f"email/{letter.template}.txt", **context))
        html = render_template(f"email/{letter.template}.html", **context)
    message.add_alternative(html, subtype="html")
    return message
