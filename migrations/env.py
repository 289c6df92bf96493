"""Runs migrations on SQLite and PostgreSQL, whole or not at all.

On SQLite a batch change rebuilds its table. With foreign keys on, dropping the old table deletes
every row that points at it, without an error; so they are off while migrating, and checked before
the commit.
"""

from importlib import import_module
from pathlib import Path

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from careercenter.database import Base, UtcDateTime, make_engine

ROOT = Path(__file__).parent.parent

DEVELOPMENT = "sqlite:///.data/careercenter.db"

import_module("careercenter.outbox")
for path in sorted(ROOT.glob("careercenter/*/models.py")):
    import_module(f"careercenter.{path.parent.name}.models")


def render_item(kind: str, item: object, _: AutogenContext) -> str | bool:
    """Migrations name database types alone, so that they outlive our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_sqlite(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise RuntimeError("The connection is closed.")
    raw.execute("PRAGMA foreign_keys=OFF")  # says nothing inside a transaction
    try:
        with connection.begin():
            migrate(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise SystemExit(f"Migration refused: {len(broken)} rows would point nowhere.")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    engine = make_engine(context.config.attributes.get("url", DEVELOPMENT))
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            migrate_sqlite(connection)
        else:
            with connection.begin():
                migrate(connection)
    engine.dispose()


run()
