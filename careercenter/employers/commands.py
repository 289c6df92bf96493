"""Another person for an employer, by hand."""

import click
from sqlalchemy.exc import NoResultFound

from careercenter import clock
from careercenter.accounts.models import Role
from careercenter.accounts.queries import by_email
from careercenter.config import Settings
from careercenter.database import session_to
from careercenter.employers.models import MemberRole
from careercenter.employers.queries import by_slug
from careercenter.employers.usecases import add_member
from careercenter.errors import Conflict


@click.group("member")
def member() -> None:
    """The people who act for an employer."""


@member.command("add")
@click.argument("slug")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in MemberRole]), default="recruiter")
@click.pass_obj
def add(settings: Settings, slug: str, email: str, role: str) -> None:
    """Let the employer account EMAIL act for the employer whose page is /employers/SLUG."""
    with session_to(settings.database_url) as session:
        try:
            employer, user = by_slug(session, slug), by_email(session, email)
            if user is None or user.role is not Role.EMPLOYER:
                raise click.ClickException(f"{email} has no employer account here.")
            add_member(session, employer, user.id, MemberRole(role), clock.now())
            session.commit()
        except NoResultFound as error:
            raise click.ClickException(f"There is no employer {slug}.") from error
        except Conflict as error:
            raise click.ClickException(f"{email} acts for an employer already.") from error
    click.echo(f"{email} now acts for {slug} as {role}.")
