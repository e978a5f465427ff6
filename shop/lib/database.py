"""How connections behave on each engine: SQLite's pragmas and explicit BEGIN, PostgreSQL's time limits."""

from __future__ import annotations

import sqlite3
import time
import warnings
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError

SAFE_SQLITE = (3, 51, 3)
RESTED = 1.0
USED = "used_at"
# PostgreSQL's words, SQLSTATE of appendix A: what was broken off for the sake of others, and what waited too long.
BROKEN_OFF = frozenset({"40001", "40P01"})
GAVE_UP = BROKEN_OFF | {"55P03", "57014"}
# Compiling a query (jit) costs more than any page of ours takes.
POSTGRES_OPTIONS = "-c lock_timeout=10000 -c statement_timeout=30000 -c jit=off"


def sqlite_module() -> ModuleType:
    """The bundled SQLite of pysqlite3 where there is a wheel, else the interpreter's own."""
    try:
        import pysqlite3.dbapi2 as module
    except ImportError:
        module = sqlite3
    if module.sqlite_version_info < SAFE_SQLITE:
        warnings.warn(
            f"SQLite {module.sqlite_version} can corrupt a database that several processes use: run one process only",
            RuntimeWarning,
            stacklevel=2,
        )
    return module


def engine_options(url: str, threads: int) -> dict[str, Any]:
    """Flask-SQLAlchemy's engine options for a database address; the pool is as large as the threads."""
    if url.startswith("sqlite"):
        return {"module": sqlite_module(), "pool_size": threads, "max_overflow": 8, "connect_args": {"timeout": 30}}
    return {"pool_size": threads, "max_overflow": 2, "connect_args": {"options": POSTGRES_OPTIONS}}


def prepare(engine: Engine) -> None:
    """Attach the engine's own rules."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        _wake_rested(engine)


def errors() -> tuple[type[Exception], ...]:
    """What a statement may raise: SQLAlchemy's errors, and SQLite's own where a writer waits at the door."""
    return DBAPIError, sqlite_module().OperationalError


def was_broken_off(error: Exception) -> bool:
    """Whether a transaction was given up for the sake of others, so that the same once more may go through."""
    return _sqlstate(error) in BROKEN_OFF


def has_given_up(error: Exception) -> bool:
    """Whether a statement failed only because others held for too long what it needed."""
    return _sqlstate(error) in GAVE_UP or "database is locked" in str(getattr(error, "orig", error))


def _sqlstate(error: Exception) -> str | None:
    return getattr(getattr(error, "orig", error), "sqlstate", None)


def _wake_rested(engine: Engine) -> None:
    """Ask a connection that rested whether it still stands, so that a restarted database is nobody's error.

    One that was used a moment ago is taken as it is: asking costs as much as a small statement, twice a request.
    """

    def note(_connection: Any, record: Any) -> None:
        record.info[USED] = time.monotonic()

    def ask(connection: Any, record: Any, _borrowed: Any) -> None:
        used_at = record.info.get(USED)
        if used_at is None or time.monotonic() - used_at < RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None

    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ask)


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Open a writer with BEGIN IMMEDIATE, so it waits at the door instead of failing half-way."""
    read_only = connection.get_execution_options().get("postgresql_readonly", False)
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
    cursor.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
    cursor.close()
