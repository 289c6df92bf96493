"""What employers are told of a verdict."""

from zoneinfo import ZoneInfo

import pytest

from careercenter.mail import compose
from careercenter.moderation.handlers import LETTERS
from careercenter.moderation.models import Objection, Reason
from careercenter.moderation.queries import decisions_on
from careercenter.moderation.usecases import approve_posting, reject_posting, remove_posting
from tests.factories import make_posting, owner_of

ZONE = ZoneInfo("America/New_York")
UNCLEAR = Objection(Reason.PAY_UNCLEAR, "Say what <a> chart pays.")


@pytest.fixture
def write(app, session, settings, now):
    """The two parts of the letter about the last decision on a posting."""

    def write(posting) -> tuple[str, str, str]:
        decision = decisions_on(session, posting.id)[0]
        build = LETTERS[f"posting_{decision.verdict.value}"]
        letter = build(session, str(decision.id), now)
        message = compose(app, settings, letter)
        parts = [part.get_content() for part in message.iter_parts()]
        return (f"{message['To']} | {message['Subject']}", *parts)

    return write


def test_approval_says_until_when_and_links_to_the_listing(session, paid, moderator, now, write):
    posting = paid()
    approve_posting(session, posting, moderator, ZONE, now)
    head, text, html = write(posting)
    owner = owner_of(session, posting.employer).email
    assert head == f"{owner} | Your posting is live: Profee coder, urology"
    for part in (text, html):
        assert f"http://localhost/jobs/{posting.id}-profee-coder-urology" in part
        assert "until" in part


def test_rejection_says_which_why_and_that_the_credit_is_back(session, paid, moderator, now, write):
    posting = paid()
    reject_posting(session, posting, moderator, UNCLEAR, now)
    head, text, html = write(posting)
    assert "Your posting was not approved: Profee coder, urology" in head
    for part in (text, html):
        assert "What is paid, or how, is not clear." in part
        assert "back as a posting credit" in part
        assert f"http://localhost/hire/postings/{posting.id}" in part
    assert "Say what <a> chart pays." in text
    assert "Say what &lt;a&gt; chart pays." in html


def test_removal_says_which_and_why(session, moderator, now, write):
    posting = make_posting(session)
    remove_posting(session, posting, moderator, UNCLEAR, now)
    _, text, html = write(posting)
    for part in (text, html):
        assert "off the board" in part
        assert "What is paid, or how, is not clear." in part
