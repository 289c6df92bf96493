"""Nothing goes on the board that no person has looked at."""

import ast
from pathlib import Path

from careercenter.accounts.models import Role
from careercenter.credits.usecases import gift_credits
from careercenter.employers import queries as employers
from careercenter.postings.models import PostingStatus
from tests.factories import make_employer, make_posting, make_user, owner_of

ROOT = Path(__file__).parents[2] / "careercenter"


def callers_of(method: str) -> set[str]:
    """The modules that call a method of this name."""
    return {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
    }


def test_only_a_moderators_approval_publishes():
    assert callers_of("publish") == {"moderation/usecases.py"}
    assert callers_of("approve_posting") <= {"moderation/views.py"}


def test_the_first_posting_of_an_unverified_employer_waits_for_a_person(client, session, now):
    employer = make_employer(session)
    gift_credits(session, employers.locked(session, employer.id), 1, "test", now)
    posting = make_posting(session, PostingStatus.DRAFT, employer)
    client.sign_in(owner_of(session, employer))
    path = f"/hire/postings/{posting.id}/credit-uses"
    assert client.post(path, data={"version": posting.version}).status_code == 303
    assert posting.status is PostingStatus.IN_REVIEW
    client.sign_in(make_user(session, Role.MODERATOR))
    page = client.get(f"/staff/review/{posting.id}").text
    assert "Nothing checked yet" in page
    assert "Nothing was checked of this employer" in page
