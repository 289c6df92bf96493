"""What the board sells, and how finance staff changes it."""

from dataclasses import replace

import pytest

from careercenter.accounts.models import Role
from careercenter.errors import Conflict
from careercenter.plans import queries, usecases
from careercenter.plans.models import FIRST_PLANS, PlanKind
from tests.factories import make_user


@pytest.fixture
def finance(session):
    return make_user(session, Role.FINANCE)


def test_a_new_board_sells_what_it_came_with(session):
    slugs = [plan.slug for plan in queries.on_sale(session)]
    assert slugs == [first.slug for first in FIRST_PLANS]
    assert queries.posting_plan(session).price_cents == 24900


def test_adding_what_it_came_with_again_changes_nothing(session, now):
    usecases.add_first_plans(session, now)
    assert len(queries.newest(session)) == len(FIRST_PLANS)


def test_a_change_is_a_new_version(session, finance, now):
    plan = queries.by_slug(session, "bundle-3")
    terms = replace(plan.terms, price_cents=60_000)
    made = usecases.edit_plan(session, plan, 1, terms, finance, now)
    assert (made.edition, made.price_cents, plan.price_cents) == (2, 60_000, 67_200)
    assert queries.by_slug(session, "bundle-3") is made
    assert [version.edition for version in queries.versions(session, "bundle-3")] == [2, 1]


def test_of_two_changes_at_once_the_slower_is_refused(session, finance, now):
    plan = queries.by_slug(session, "bundle-3")
    usecases.edit_plan(session, plan, 1, plan.terms, finance, now)
    for seen in (plan, queries.by_slug(session, "bundle-3")):
        with pytest.raises(Conflict):
            usecases.edit_plan(session, seen, 1, plan.terms, finance, now)


def test_what_is_not_sold_any_more_is_not_offered(session, finance, now):
    plan = queries.posting_plan(session)
    usecases.edit_plan(session, plan, 1, replace(plan.terms, on_sale=False), finance, now)
    assert queries.posting_plan(session) is None
    assert queries.on_sale(session, PlanKind.POSTING) == []
    assert queries.by_slug(session, plan.slug).edition == 2


def test_each_posting_of_a_bundle_has_its_price(session):
    assert queries.by_slug(session, "bundle-3").each_cents == 22_400
