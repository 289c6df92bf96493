"""Staff accounts are made here and nowhere else."""

import click
from email_validator import EmailNotValidError, validate_email

from careercenter import clock
from careercenter.accounts import passwords, queries, usecases
from careercenter.accounts.models import STAFF, Role
from careercenter.config import Settings
from careercenter.database import session_to
from careercenter.errors import Invalid


@click.group("staff")
def staff() -> None:
    """Moderators, finance staff and operators."""


@staff.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(sorted(role.value for role in STAFF)), required=True)
@click.option("--name", default="")
@click.password_option()
@click.pass_obj
def add(settings: Settings, email: str, role: str, name: str, password: str) -> None:
    """Make a staff account for EMAIL."""
    try:
        address = validate_email(email, check_deliverability=False).normalized.lower()
        passwords.check_strength(password, address)
    except (EmailNotValidError, Invalid) as error:
        raise click.ClickException(str(error)) from error
    wanted = Role(role)
    hashed, now = passwords.hash_password(password), clock.now()
    with session_to(settings.database_url) as session:
        if queries.by_email(session, address):
            raise click.ClickException(f"{address} has an account already.")
        user = usecases.add_user(session, address, name or address, hashed, wanted, now)
        user.confirmed_at = now
        session.commit()
    click.echo(f"{address} is now {role}.")
