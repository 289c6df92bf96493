"""Bringing a database to the shape that this version needs.

Apart from ``database``, because a web process needs no Alembic, and it takes long to import.
"""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from careercenter.app import prepare_data_dir
from careercenter.config import Settings

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def migrate_database(url: str) -> None:
    """Run every migration that this database has not seen; make the folder of a file first."""
    file = make_url(url).database
    if url.startswith("sqlite") and file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, "head")


@click.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Bring the database and DATA_DIR to the shape that this version needs."""
    migrate_database(settings.database_url)
    prepare_data_dir(settings)
    click.echo("The database is up to date.")
