"""What each role may do is what it can do, everywhere on the desk."""

import pytest

from careercenter.employers.models import MemberRole
from careercenter.employers.rights import RIGHTS, Right, roles_with
from careercenter.postings.models import PostingStatus
from tests.factories import make_application, make_employer, make_member, make_posting

M = MemberRole
EVERYBODY = set(M)
# What is asked, with the posting's id and the application's public id; who is let in.
READING = [
    ("/hire", EVERYBODY),
    ("/hire/team", EVERYBODY),
    ("/hire/postings/{p}", EVERYBODY),
    ("/hire/postings/{p}/preview", EVERYBODY),
    ("/hire/postings/{p}/applications", {M.OWNER, M.RECRUITER, M.REVIEWER}),
    ("/hire/applications/{a}", {M.OWNER, M.RECRUITER, M.REVIEWER}),
    ("/hire/billing", {M.OWNER, M.BILLING}),
    ("/hire/organization", {M.OWNER}),
]
WRITING = [
    ("/hire/postings/{p}/pauses", {M.OWNER, M.RECRUITER}),
    ("/hire/postings/{p}/closure", {M.OWNER, M.RECRUITER}),
    ("/hire/applications/{a}/declining", {M.OWNER, M.RECRUITER}),
    ("/hire/postings/{p}/checkouts", {M.OWNER, M.BILLING}),
    ("/hire/postings/{p}/credit-uses", {M.OWNER, M.RECRUITER, M.BILLING}),
    ("/hire/organization", {M.OWNER}),
    ("/hire/team/invitations", {M.OWNER}),
]


@pytest.fixture
def employer(session):
    return make_employer(session)


@pytest.fixture
def gaps(session, employer):
    posting = make_posting(session, employer=employer)
    return {"p": posting.id, "a": make_application(session, posting).public_id}


@pytest.mark.parametrize("role", M)
def test_every_page_of_the_desk_asks_the_role(client, session, employer, gaps, role):
    client.sign_in(make_member(session, employer, role).user)
    for path, allowed in READING:
        status = client.get(path.format(**gaps)).status_code
        assert status == (200 if role in allowed else 403), path


@pytest.mark.parametrize("role", M)
def test_every_act_at_the_desk_asks_the_role(client, session, employer, gaps, role):
    client.sign_in(make_member(session, employer, role).user)
    for path, allowed in WRITING:
        refused = client.post(path.format(**gaps)).status_code == 403
        assert refused == (role not in allowed), path


@pytest.mark.parametrize("status", PostingStatus)
def test_who_may_not_write_is_offered_nothing_to_write(client, session, employer, status):
    posting = make_posting(session, status, employer)
    posting.ended_at = posting.created_at
    client.sign_in(make_member(session, employer, M.REVIEWER).user)
    page = client.get(f"/hire/postings/{posting.id}").text + client.get("/hire").text
    for offered in ("/edit", "/pauses", "/closure", "/filling", "/checkout", "Write a posting<"):
        assert offered not in page, offered


def test_a_resume_is_not_read_by_who_may_not_read_applications(client, session, employer, gaps):
    reader = make_member(session, employer, M.REVIEWER)
    client.sign_in(reader.user)
    page = client.get(f"/hire/applications/{gaps['a']}").text
    link = page.partition('href="/files/resumes/')[2].partition('"')[0]
    reader.role = M.BILLING
    assert client.get(f"/files/resumes/{link}").status_code == 404


def test_an_owner_may_do_everything_and_every_right_is_somebodys():
    assert RIGHTS[M.OWNER] == frozenset(Right)
    assert all(M.OWNER in roles_with(right) for right in Right)
