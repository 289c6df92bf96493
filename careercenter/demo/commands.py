"""The demo board from the command line: its data alone, or everything running."""

import os
from pathlib import Path

import click
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.app import prepare_data_dir
from careercenter.config import Settings, SettingsError
from careercenter.database import make_engine
from careercenter.demo.board import FEWEST_LISTINGS
from careercenter.demo.environment import HOST, Demo, prepare_demo
from careercenter.demo.load import is_empty, load_demo
from careercenter.demo.people import CANDIDATE, EMPLOYER, FINANCE, MODERATOR, PASSWORD
from careercenter.demo.processes import POLL, Family, ProgramEnded, until_signal, wait_until_healthy
from careercenter.errors import DomainError
from careercenter.migrating import migrate_database
from careercenter.storage import LocalStorage

ROOT = Path(__file__).parents[2]
LISTINGS, SEED = 2000, 1


@click.command("demo-data")
@click.option(
    "--listings",
    type=click.IntRange(FEWEST_LISTINGS, 100_000),
    default=LISTINGS,
    show_default=True,
    help="How many are live; others come in every other state.",
)
@click.option("--seed", type=int, default=SEED, show_default=True)
@click.pass_obj
def demo_data(settings: Settings, listings: int, seed: int) -> None:
    """Fill an empty database with an invented board."""
    migrate_database(settings.database_url)
    try:
        write_board(settings, listings, seed)
    except (SettingsError, DomainError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The demo board is written: {listings:,} live listings.")


@click.command("demo")
def demo() -> None:
    """Run the whole demo board on this machine until Ctrl-C."""
    try:
        prepared = prepare_demo(os.environ)
        prepare_data(prepared.settings)
        run_programs(prepared)
    except (SettingsError, ProgramEnded) as error:
        raise click.ClickException(str(error)) from error


def prepare_data(settings: Settings) -> None:
    click.echo("Preparing the database …")
    migrate_database(settings.database_url)
    prepare_data_dir(settings)
    engine = make_engine(settings.database_url)
    with Session(engine) as session:
        empty = is_empty(session)
    engine.dispose()
    if empty:
        click.echo(f"Writing the demo board, {LISTINGS:,} listings (once, a few seconds) …")
        write_board(settings, LISTINGS, SEED)


def write_board(settings: Settings, listings: int, seed: int) -> None:
    """All of it or nothing. Raises what ``load_demo`` raises."""
    engine = make_engine(settings.database_url)
    storage = LocalStorage(settings.data_dir / "files")
    with Session(engine) as session:
        load_demo(session, storage, settings, listings, seed, clock.now())
        session.commit()
    engine.dispose()


def run_programs(prepared: Demo) -> None:
    """Start them all and wait. Raises ``ProgramEnded`` if one dies; the others end with it."""
    stop = until_signal()
    family = Family(prepared.settings.data_dir / "log", ROOT, prepared.environment)
    try:
        click.echo("Starting the payment simulator, the web server and the task worker …")
        _start(family, prepared)
        if wait_until_healthy(family, HOST, prepared.port, stop):
            click.echo(_welcome(prepared))
        while not stop.wait(POLL):
            family.check()
        click.echo("Stopping …")
    finally:
        family.stop()


def _start(family: Family, prepared: Demo) -> None:
    webhook = ("--webhook-url", f"http://{HOST}:{prepared.port}/webhooks/stripe")
    secret = ("--webhook-secret", prepared.webhook_secret)
    state = ("--state", str(prepared.settings.data_dir / "stripesim.json"))
    port = ("--port", str(prepared.simulator_port))
    family.start("payment simulator", ("tests.stripesim", *port, *state, *webhook, *secret))
    family.start("web server", ("careercenter", "serve", "--port", str(prepared.port)))
    family.start("task worker", ("careercenter", "work"))
    if prepared.settings.meili_url:
        family.start("search sync", ("search_sync", "run"))


def _welcome(prepared: Demo) -> str:
    return f"""
CareerCenter is running at {prepared.url}

  {EMPLOYER:<24}writes postings, pays with test money, reads applications
  {CANDIDATE:<24}searches, applies, follows applications
  {MODERATOR:<24}approves or rejects what was sent in
  {FINANCE:<24}keeps plans, coupons and credits; sees where the money is
  The password of all four is {PASSWORD}

Letters are shown at {prepared.url}/dev/mail. Ctrl-C stops everything."""
