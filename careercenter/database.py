"""What every model and every connection shares, on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Select,
    TypeDecorator,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import DeclarativeBase, Session

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_SECONDS = 5
REVISION = "0028"  # the latest migration: what this version of the code needs


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC on the way in and on the way out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone says nothing: pass an aware datetime.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map = {
        datetime: UtcDateTime,
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=40,
            values_callable=lambda members: [member.value for member in members],
        ),
    }


def engine_options(url: str) -> dict[str, Any]:
    """How to open a pool for this address."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": BUSY_SECONDS}, "pool_size": 20}
    return {
        "hide_parameters": True,  # values are people's
        "pool_pre_ping": True,
        "pool_size": 10,
        "pool_timeout": BUSY_SECONDS,
        "connect_args": {"connect_timeout": BUSY_SECONDS},
    }


def make_engine(url: str) -> Engine:
    """The engine for the worker, the sync and the commands."""
    return prepare(create_engine(url, **engine_options(url)))


def prepare(engine: Engine) -> Engine:
    """Make the engine safe: what may write on SQLite takes the write lock when it begins.

    With pysqlite's own transactions 554 of 800 concurrent updates were lost without an error;
    with BEGIN IMMEDIATE none. An engine with ``execution_options(readonly=True)`` begins plainly,
    is never kept waiting by a writer, and cannot write.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def session_to(url: str) -> Iterator[Session]:
    """A session for one command, and no connection left behind."""
    engine = make_engine(url)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


@lru_cache(maxsize=32)
def readonly(engine: Engine) -> Engine:
    """The same pool, for transactions that only read.

    One for each engine: a session that meets another begins another transaction.
    """
    return engine.execution_options(readonly=True, postgresql_readonly=True)


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = bool(connection.get_execution_options().get("readonly"))
    connection.exec_driver_sql(f"PRAGMA query_only={int(reading)}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def upsert(session: Session, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that takes ``on_conflict_…``, in the dialect of this session."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(model)
    return postgresql.insert(model)


def insert_once(session: Session, model: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless a unique key of it is taken; tell whether it went in.

    A count of rows would not tell on PostgreSQL, where none comes with generated keys.
    """
    statement = upsert(session, model).values(**values).on_conflict_do_nothing()
    inserted = session.execute(statement.returning(*model.__table__.primary_key))
    return inserted.first() is not None


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list that is too long to show whole."""

    items: Sequence[T]
    total: int
    number: int  # from 1
    size: int

    @property
    def count(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))


def paginate(session: Session, query: Select[T], number: int, size: int = 20) -> Page[T]:
    """Raises ``NoResultFound`` for a page beyond the end."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    page = Page(
        session.scalars(query.limit(size).offset((number - 1) * size)).unique().all(),
        total,
        number,
        size,
    )
    if not 1 <= number <= page.count:
        raise NoResultFound
    return page
