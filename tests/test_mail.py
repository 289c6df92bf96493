"""Letters: written from what is true when they are sent, and delivered by a real SMTP server."""

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from careercenter import outbox
from careercenter.duties import letters, task_handlers
from careercenter.mail import FolderMailer, Letter, SmtpMailer, compose
from careercenter.tasks import Task
from tests.factories import make_user
from tests.fakes import FakeMailer
from tests.postgres import free_port


class Inbox:
    """What the server was handed."""

    def __init__(self) -> None:
        self.envelopes = []
        self.refusal = ""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.refusal:
            return self.refusal
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def smtp_url(inbox):
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def deliver(app, session, mailer, kind, subject, now) -> None:
    task_handlers(app, mailer)[f"mail:{kind}"](session, str(subject), now)


def test_a_letter_reaches_a_real_server_in_both_parts(app, session, now, smtp_url, inbox):
    user = make_user(session, confirmed_at=None, name="Ada <b>")
    deliver(app, session, SmtpMailer(smtp_url), "confirm_address", user.id, now)
    envelope = inbox.envelopes[0]
    content = envelope.content.decode()
    assert envelope.rcpt_tos == [user.email]
    assert "text/plain" in content
    assert "Ada &lt;b&gt;" in content
    assert "Auto-Submitted: auto-generated" in content


def test_a_refused_letter_is_tried_again(app, session, now, smtp_url, inbox):
    inbox.refusal = "451 Later"
    with pytest.raises(Exception, match="Later"):
        deliver(app, session, SmtpMailer(smtp_url), "password_changed", make_user(session).id, now)


def test_a_confirmed_person_gets_no_second_letter(app, session, now):
    mailer = FakeMailer()
    deliver(app, session, mailer, "confirm_address", make_user(session).id, now)
    assert mailer.sent == []


def test_no_transaction_is_open_while_the_server_is_spoken_to(app, session, now):
    class Watching(FakeMailer):
        def deliver(self, message):
            assert not session.in_transaction()

    deliver(app, session, Watching(), "password_changed", make_user(session).id, now)


@pytest.mark.parametrize("bad", ["a@example.com\r\nBcc: b@example.com", "a@example.com\nX: y"])
def test_a_line_break_in_an_address_stops_the_letter(app, settings, bad):
    with pytest.raises(ValueError, match=r"(?i)invalid|header"):
        compose(app, settings, Letter(bad, "Hello", "password_changed", {"name": "Ada"}))


def test_a_promise_carries_an_id_and_no_words(session, now):
    outbox.send_email(session, "password_changed", 7, now)
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.subject) == ("mail:password_changed", "7")


def test_every_letter_has_both_parts(app):
    for name in letters(app):
        for ending in ("html", "txt"):
            app.jinja_env.get_template(f"email/{name}.{ending}")


def test_a_development_letter_is_read_on_a_page(app, client, session, settings, now):
    user = make_user(session, confirmed_at=None)
    deliver(app, session, FolderMailer(settings.data_dir / "mail"), "confirm_address", user.id, now)
    page = client.get("/dev/mail")
    assert "Confirm your email address" in page.text
    key = page.text.split('href="/dev/mail/')[1].split('"')[0]
    letter = client.get(f"/dev/mail/{key}").text
    assert '<a href="http://localhost/account/confirmations/' in letter
