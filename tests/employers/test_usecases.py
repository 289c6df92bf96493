"""Organizations are named once, by one person, under an address of their own."""

import pytest

from careercenter.accounts.models import Role
from careercenter.employers import queries, usecases
from careercenter.employers.models import EmployerDetails, MemberRole
from careercenter.errors import Conflict
from tests.factories import make_employer, make_user, owner_of

DETAILS = EmployerDetails("Lakeside Clinic", "physician-practice")


def found(session, now, name="Lakeside Clinic"):
    user = make_user(session, Role.EMPLOYER)
    details = EmployerDetails(name, "physician-practice")
    return user, usecases.found_employer(session, user.id, details, now)


def test_whoever_names_an_organization_owns_it(session, now):
    user, employer = found(session, now)
    member = queries.member_of(session, user.id)
    assert (member.employer, member.role) == (employer, MemberRole.OWNER)
    assert queries.owner_addresses(session, employer.id) == [user.email]


def test_namesakes_get_addresses_of_their_own(session, now):
    slugs = [found(session, now)[1].slug for _ in range(3)]
    assert slugs == ["lakeside-clinic", "lakeside-clinic-2", "lakeside-clinic-3"]


def test_a_name_without_letters_still_gets_an_address(session, now):
    assert found(session, now, name="–––")[1].slug == "employer"


def test_a_person_acts_for_one_organization(session, now):
    user, _ = found(session, now)
    with pytest.raises(Conflict):
        usecases.found_employer(session, user.id, DETAILS, now)


def test_the_address_stays_when_the_name_changes(session, now):
    _, employer = found(session, now)
    employer.describe(EmployerDetails("Seaside Clinic", "physician-practice"))
    assert (employer.name, employer.slug) == ("Seaside Clinic", "lakeside-clinic")


def test_the_slower_of_two_who_describe_it_meets_a_conflict(session):
    employer = make_employer(session)
    with pytest.raises(Conflict):
        queries.locked_version(session, employer.id, employer.version - 1)


def test_whoever_has_no_organization_acts_for_none(session):
    assert queries.member_of(session, make_user(session, Role.EMPLOYER).id) is None
    employer = make_employer(session)
    assert queries.member_of(session, owner_of(session, employer).id).employer is employer
