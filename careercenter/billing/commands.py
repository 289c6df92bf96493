"""What an operator does about money: see that the books are right, and give credits."""

import json
import re
import sys
from contextlib import redirect_stdout
from datetime import timedelta

import click
from sqlalchemy.exc import NoResultFound

from careercenter import clock
from careercenter.billing import queries, usecases
from careercenter.billing.gateway import make_payments
from careercenter.billing.handlers import sweep
from careercenter.config import Settings
from careercenter.credits import usecases as credits
from careercenter.database import session_to
from careercenter.errors import DomainError
from careercenter.findings.models import Finding
from careercenter.findings.queries import finding, open_findings


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


@click.group("billing")
def billing() -> None:
    """Money: what Stripe says, what was given, and whether both agree."""


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
                sweep(session, make_payments(settings), settings, now, now - since)
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


@billing.command("resolve")
@click.argument("finding_id", type=int)
@click.pass_obj
def resolve(settings: Settings, finding_id: int) -> None:
    """Say that FINDING_ID has been dealt with."""
    with session_to(settings.database_url) as session:
        try:
            usecases.resolve(session, finding(session, finding_id), clock.now())
        except NoResultFound as error:
            raise click.ClickException(f"There is no finding {finding_id}.") from error
        except DomainError as error:
            raise click.ClickException(str(error)) from error
        session.commit()
    click.echo("Resolved.")


@billing.command("gift")
@click.argument("employer")
@click.argument("count", type=click.IntRange(1, 1000))
@click.option("--reason", required=True, help="Kept in the ledger, in a few words.")
@click.pass_obj
def gift(settings: Settings, employer: str, count: int, reason: str) -> None:
    """Give EMPLOYER (a member's address, or the slug) COUNT posting credits."""
    with session_to(settings.database_url) as session:
        try:
            given = queries.employer_by(session, employer)
        except NoResultFound as error:
            raise click.ClickException(f"No employer is known as {employer}.") from error
        credits.gift_credits(session, given, count, reason, clock.now())
        name, balance = given.name, given.credit_balance
        session.commit()
    click.echo(f"{name} has {balance} now.")


def _shown(found: Finding) -> dict[str, object]:
    return {
        "id": found.id,
        "kind": found.kind,
        "object_id": found.object_id,
        "note": found.note,
        "first_seen_at": found.first_seen_at.isoformat(),
    }
