"""Two employers become one: what moves, what stays, and what is written down."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.billing.models import Checkout
from careercenter.claims.models import Claim
from careercenter.credits.models import LedgerEntry
from careercenter.credits.usecases import gift_credits
from careercenter.database import Base
from careercenter.employers import queries as employers
from careercenter.employers.models import EmployerMerge, MemberRole
from careercenter.imports.models import ImportedPosting
from careercenter.invoicing.models import InvoiceTerms, Terms
from careercenter.invoicing.queries import NO_INVOICES, OVERDUE, trust_in
from careercenter.postings.models import PostingStatus
from careercenter.saved.models import HiddenEmployer
from careercenter.slots.queries import slots_left
from careercenter.team.models import Invitation
from tests.factories import make_employer, make_member, make_posting, make_user, owner_of
from tests.renewals.conftest import subscription_of

# A table that points at employers is thought of in the merge, or stays behind on purpose.
MOVE = {
    "posting", "draft", "member", "checkout", "ledger_entry", "hidden_employer", "claim",
    "invitation", "import", "imported_posting", "subscription", "invoice_terms",
}  # fmt: skip
STAY = {
    "employer_place", "work_address", "domain_record", "document", "employer_merge",
    "coupon", "coupon_use",  # given to the one that goes
    "declined_card",  # of no interest after an hour
}  # fmt: skip


@pytest.fixture
def gone(session, now):
    employer = make_employer(session, name="Lake Side", slug="lake-side")
    gift_credits(session, employers.locked(session, employer.id), 3, "test", now)
    return employer


@pytest.fixture
def kept(session):
    return make_employer(session, name="Lakeside", slug="lakeside")


@pytest.fixture
def staff(client, session):
    client.sign_in(make_user(session, Role.MODERATOR))
    return client


def merge(staff, gone, **more):
    data = {"version": gone.version, "slug": "lakeside", "sure": "y"} | more
    return staff.post(f"/staff/employers/{gone.id}/merge", data=data)


def test_postings_members_and_credits_move(staff, session, gone, kept):
    posting, owner = make_posting(session, employer=gone), owner_of(session, gone)
    make_member(session, gone, MemberRole.BILLING)
    before = posting.search_seq
    assert merge(staff, gone).location == f"/staff/employers/{kept.id}"
    assert (posting.employer, posting.search_seq > before) == (kept, True)
    member = employers.member_of(session, owner.id)
    assert (member.employer, member.role) == (kept, MemberRole.RECRUITER)
    assert (gone.credit_balance, kept.credit_balance) == (0, 3)
    deltas = {e.employer_id: e.delta for e in session.scalars(select(LedgerEntry)) if
              e.reason == "merged"}  # fmt: skip
    assert deltas == {gone.id: -3, kept.id: 3}


def imported(session, employer, feed) -> ImportedPosting:
    posting = make_posting(session, employer=employer)
    ids = {"posting_id": posting.id, "employer_id": employer.id}
    row = ImportedPosting(feed=feed, external_id="J-7", digest="d", **ids)
    session.add(row)
    session.flush()
    return row


def test_imports_move_and_lists_of_one_name_stay_apart(staff, session, gone, kept):
    """Or a whole file of the one would close what came from the other's."""
    mine, theirs = imported(session, gone, "csv"), imported(session, kept, "csv")
    apart = imported(session, gone, "greenhouse")
    merge(staff, gone)
    assert {row.employer_id for row in (mine, theirs, apart)} == {kept.id}
    assert (mine.feed, theirs.feed, apart.feed) == (f"csv ({gone.id})", "csv", "greenhouse")


def test_a_merge_costs_the_same_whatever_moves(staff, session, gone, kept):
    costs = []
    for name, postings in (("few", 1), ("many", 30)):
        employer = make_employer(session, name=name)
        for _ in range(postings):
            make_posting(session, employer=employer)
        assert merge(staff, employer).status_code == 303
        costs.append(staff.statements)
    assert costs[0] == costs[1]


def test_it_is_recorded(staff, session, gone, kept):
    make_posting(session, employer=gone)
    merge(staff, gone)
    record = session.get(EmployerMerge, gone.id)
    assert (record.kept, record.old_slug, record.postings, record.members, record.credits) == (
        kept, "lake-side", 1, 1, 3,
    )  # fmt: skip
    assert "Lake Side (/employers/lake-side)" in staff.get(f"/staff/employers/{kept.id}").text
    assert "It went into Lakeside" in staff.get(f"/staff/employers/{gone.id}").text


def test_the_old_address_leads_on(staff, session, gone, kept):
    make_posting(session, employer=gone)
    merge(staff, gone, slug="https://localhost/employers/lakeside/")
    response = staff.get("/employers/lake-side")
    assert (response.status_code, response.location) == (308, "/employers/lakeside")
    assert staff.get("/employers/lakeside").status_code == 200


def test_who_owns_the_one_that_goes_owns_the_other_where_nobody_does(staff, session, gone, kept):
    heir, owner = owner_of(session, gone), employers.member_of(session, owner_of(session, kept).id)
    session.delete(owner)
    merge(staff, gone)
    assert employers.member_of(session, heir.id).role is MemberRole.OWNER


def test_purchases_claims_invitations_and_what_is_hidden_follow(staff, session, gone, kept, now):
    user, person = make_user(session), make_user(session, Role.EMPLOYER)
    ids = {"employer_id": gone.id, "public_id": "p" * 32}
    claim = Claim(user_id=person.id, email="a@b.example", asked_at=now, **ids)
    invited = {"role": MemberRole.OWNER, "invited_by_id": person.id, "email": "x@b.example"}
    invitation = Invitation(created_at=now, expires_at=now, **invited, **ids)
    hidden = [
        HiddenEmployer(user_id=user.id, employer_id=one.id, created_at=now) for one in (gone, kept)
    ]
    session.add_all([claim, invitation, *hidden])
    merge(staff, gone)
    assert (claim.employer, invitation.withdrawn_at is not None) == (kept, True)
    assert list(session.scalars(select(HiddenEmployer.employer_id))) == [kept.id]
    assert session.scalars(select(Checkout).where(Checkout.employer_id == gone.id)).all() == []


def test_a_subscription_and_its_slots_follow(staff, session, gone, kept, now):
    session.add(subscription_of(session, gone, now))
    merge(staff, gone)
    assert (slots_left(session, gone.id, now), slots_left(session, kept.id, now)) == (0, 3)


def test_debts_follow_since_the_earlier_of_the_two(staff, session, kept, now):
    gone = make_employer(session)
    gone.owes_at, kept.owes_at = now - timedelta(days=9), now - timedelta(days=2)
    session.flush()
    merge(staff, gone)
    assert (gone.owes_at, kept.owes_at) == (None, now - timedelta(days=9))
    assert trust_in(session, kept, 20_000, now).refusal == OVERDUE


def test_a_debt_of_the_one_that_stays_stays(staff, session, gone, kept, now):
    kept.owes_at = now
    merge(staff, gone)
    assert kept.owes_at == now


def test_what_staff_decided_of_invoices_follows(staff, session, gone, kept, now):
    decided = {"decided_by_id": make_user(session).id, "decided_at": now, "reason": "never paid"}
    session.add(InvoiceTerms(employer_id=gone.id, terms=Terms.NONE, **decided))
    merge(staff, gone)
    assert trust_in(session, kept, 20_000, now).refusal == NO_INVOICES


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"slug": "lake-side"}, "That is the employer you are looking at."),
        ({"slug": "nobody"}, "There is no employer at that address."),
        ({"slug": ""}, "Enter the address of the employer to keep."),
        ({"sure": ""}, "Tick this once you have compared the two."),
    ],
)
def test_what_cannot_be_merged_is_said(staff, session, gone, kept, more, says):
    response = merge(staff, gone, **more)
    assert (response.status_code, says in response.text) == (422, True)
    assert session.get(EmployerMerge, gone.id) is None


@pytest.mark.parametrize("version", ["", "x", "9" * 40])
def test_an_employer_that_changed_meanwhile_is_a_conflict(staff, gone, kept, version):
    assert merge(staff, gone, version=version).status_code == 409


def test_nobody_goes_twice_or_into_what_went(staff, session, gone, kept):
    merge(staff, gone)
    assert merge(staff, gone).status_code == 409
    third = make_employer(session)
    assert merge(staff, third, slug="lake-side").status_code == 409


def test_every_table_that_points_at_employers_is_thought_of():
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "employer"
    }
    assert pointing == MOVE | STAY


def test_employers_are_looked_up_by_name(staff, gone, kept):
    assert "Lake Side" in staff.get("/staff/employers").text
    page = staff.get("/staff/employers?q=lakeside").text
    assert ("Lake Side" in page, "Lakeside" in page) == (False, True)
    assert "Nobody by that name" in staff.get("/staff/employers?q=zzz").text
    assert staff.get("/staff/employers/999999").status_code == 404


def test_the_registry_is_for_moderators(client, session, gone):
    client.sign_in(owner_of(session, gone))
    assert client.get("/staff/employers").status_code == 403
    assert client.get(f"/staff/employers/{gone.id}").status_code == 403
    assert client.post(f"/staff/employers/{gone.id}/merge").status_code == 403


@pytest.mark.parametrize("name", ["Lakeside", "LAKESIDE", "L\u0430keside", "Lakeside!"])
def test_staff_see_whose_name_reads_the_same(staff, session, kept, name):
    """The third is written with a Cyrillic letter."""
    other = make_employer(session, name=name, slug="lakeside-2")
    posting = make_posting(session, employer=other, status=PostingStatus.IN_REVIEW)
    assert "Its name reads like that of" in staff.get(f"/staff/employers/{other.id}").text
    assert "Its name reads like that of" in staff.get(f"/staff/review/{posting.id}").text


def test_another_name_is_another(staff, session, kept):
    other = make_employer(session, name="Lakeside Dental", slug="lakeside-dental")
    assert "reads like" not in staff.get(f"/staff/employers/{other.id}").text
