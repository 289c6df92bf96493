"""The command that asks Stripe what happened, as the worker does, and says what is open."""

import json
import re
import sys
from contextlib import redirect_stdout
from datetime import datetime, timedelta

import click
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.billing.commands import billing
from careercenter.billing.gateway import make_payments
from careercenter.billing.handlers import EVENTS, sweep
from careercenter.config import Settings
from careercenter.database import session_to
from careercenter.errors import DomainError
from careercenter.findings.models import Finding
from careercenter.findings.queries import open_findings
from careercenter.invoicing import handlers as invoicing
from careercenter.invoicing.gateway import make_invoices
from careercenter.subscriptions import handlers as subscriptions
from careercenter.subscriptions.gateway import make_subscriptions


class Span(click.ParamType[timedelta]):
    """ "48h" or "7d"."""

    name = "span"

    def convert(
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"([1-9][0-9]{0,3})([hd])", str(value))
        if not found:
            self.fail("write a span like 48h or 7d", param, context)
        return timedelta(**{{"h": "hours", "d": "days"}[found[2]]: int(found[1])})


@billing.command("reconcile")
@click.option("--since", type=Span(), default="48h", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_obj
def reconcile(settings: Settings, since: timedelta, as_json: bool) -> None:
    """Ask Stripe what happened, check the books, list what a person must look at.

    The exit code is 1 while anything is open, or when Stripe does not answer.
    """
    now = clock.now()
    with session_to(settings.database_url) as session:
        try:
            with redirect_stdout(sys.stderr):  # the log; what is asked for goes out alone
                ask_stripe(session, settings, now, now - since)
        except DomainError as error:
            raise click.ClickException(str(error)) from error
        session.commit()
        findings = [_shown(found) for found in open_findings(session)]
    if as_json:
        click.echo(json.dumps({"checked_at": now.isoformat(), "findings": findings}, indent=2))
    else:
        for shown in findings:
            click.echo("{id:>4}  {kind}  {object_id}  {note}".format(**shown))
        click.echo(f"{len(findings)} open." if findings else "The books are right.")
    raise SystemExit(1 if findings else 0)


def ask_stripe(session: Session, settings: Settings, now: datetime, since: datetime) -> None:
    """Invoices and subscriptions first: what is learned of them counts in the books.

    Raises ``DomainError`` when Stripe does not answer.
    """
    invoices, plans = make_invoices(settings), make_subscriptions(settings)
    invoicing.task_handlers(invoices, settings)[invoicing.TEND](session, "", now)
    session.commit()
    subscriptions.task_handlers(plans, settings)[subscriptions.SWEEP](session, "", now)
    session.commit()
    told = (*EVENTS, *invoicing.EVENTS, *subscriptions.SUBSCRIPTION_EVENTS)
    kinds = tuple({*told, *subscriptions.INVOICE_EVENTS})
    sweep(session, make_payments(settings), settings, now, since, kinds)


def _shown(found: Finding) -> dict[str, object]:
    return {
        "id": found.id,
        "kind": found.kind,
        "object_id": found.object_id,
        "note": found.note,
        "first_seen_at": found.first_seen_at.isoformat(),
    }
