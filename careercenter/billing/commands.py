"""What an operator does about money: lay findings to rest, and give credits."""

import click
from sqlalchemy.exc import NoResultFound

from careercenter import clock
from careercenter.billing import queries, usecases
from careercenter.config import Settings
from careercenter.credits import usecases as credits
from careercenter.database import session_to
from careercenter.errors import DomainError
from careercenter.findings.queries import finding


@click.group("billing")
def billing() -> None:
    """Money: what Stripe says, what was given, and whether both agree."""


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
