"""Buying more for a posting that is live, on its desk page."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.billing import queries as billing
from careercenter.billing import till
from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import NOT_SOLD
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Conflict
from careercenter.extensions import db
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting
from careercenter.upgrades.forms import UpgradeForm
from careercenter.upgrades.queries import offered
from careercenter.web.rendering import render

blueprint = Blueprint("upgrades", __name__)

POSTING = "/hire/postings/<int(max=2147483647):posting_id>"


@blueprint.get(f"{POSTING}/upgrades")
@member_may(Right.BUY)
def choose(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    if not posting.is_live(clock.now()):
        raise Conflict
    return _page(posting, UpgradeForm(version=posting.version))


@blueprint.post(f"{POSTING}/upgrades/checkouts")
@member_may(Right.BUY)
def start(member: Member, posting_id: int) -> ResponseReturnValue:
    """On to Stripe's page, with what was chosen."""
    form, now = UpgradeForm(), clock.now()
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    plan = form.chosen(offered(db.session, posting, now))
    if not form.validate() or plan is None:
        form.plan.errors = form.plan.errors or [NOT_SOLD]
        return _page(posting, form, 422)
    wanted = Purchase(plan, posting, plan.kind)
    till.make_ready(member, now, lambda mine: billing.attempt_like(db.session, mine, wanted))
    locked = billing.posting_to_pay(db.session, member.employer_id, posting_id, form.seen())
    return till.begin(member, Purchase(plan, locked, plan.kind), now)


def _page(posting: Posting, form: UpgradeForm, status: int = 200) -> ResponseReturnValue:
    now = clock.now()
    plans = offered(db.session, posting, now)
    form.offer(plans)
    return render(
        "upgrades/choose.html",
        posting=posting,
        form=form,
        plans=plans,
        payments_on=bool(till.settings().stripe_secret_key),
        now=now,
        status=status,
    )
