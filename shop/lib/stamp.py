"""The catalogue's stamp: one value that is new after every commit that changed something pages for everyone show.

What is kept in memory is kept by it, so nothing has to be told what to forget. The value is random, not counted: a
restored database must not come back to a stamp under which other pages are remembered.
"""

from __future__ import annotations

import secrets
import threading
from datetime import datetime
from typing import Any, TypeVar

from flask import request
from sqlalchemy import Connection, Engine, UpdateBase, event, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shop.extensions import Model, db
from shop.lib.models import CatalogueStamp

READ = "SELECT value FROM catalogue_stamp"
CHANGED = "shown_tables_changed"
KNOWN = "catalogue_stamp"
PASSED = "shop.catalogue_stamp"
ENDS = "shop.shown_until"
M = TypeVar("M", bound=type[Model])


def shown(model: M) -> M:
    """Mark a table that pages for everyone show: a commit that changes one of its rows makes a new stamp."""
    table: Any = model.__table__
    table.info["is_shown"] = True
    return model


def touch() -> None:
    """Say that this unit changes what pages show by a way nobody can see: raw SQL, or a table that is shown in part."""
    db.session.info.setdefault(CHANGED, set()).add("touched")


def shown_until(moment: datetime) -> None:
    """Say that what is shown holds only until a moment: no new stamp will say so, but no page of it is kept longer."""
    if request:
        request.environ.get(ENDS, []).append(moment.timestamp())


def current() -> str:
    """The stamp under which this unit reads, asked for once and before anything that is kept by it.

    Data may turn out newer than its stamp, which does no harm; older data under a newer stamp would stay for good.
    """
    known = db.session.info
    if KNOWN not in known:
        passed = request.environ.get(PASSED) if request else None
        known[KNOWN] = passed or _asked()
    value: str = known[KNOWN]
    return value


def is_as_committed() -> bool:
    """Whether this unit has changed nothing that is shown, and has nothing at hand that it may yet write."""
    session = db.session()
    return not session.info.get(CHANGED) and not (session.new or session.dirty or session.deleted)


def _asked() -> str:
    """The stamp as this unit sees it; units of a request that only looks share the first one's."""
    value: str = db.session.connection().exec_driver_sql(READ).scalar_one()
    if request and request.method == "GET":
        request.environ[PASSED] = value
    return value


def install(engine: Engine) -> None:
    """Watch every change that goes through an engine; the session's hooks serve all engines of a process."""
    event.listen(engine, "after_execute", _notice)
    for name, hook in (("after_begin", _follow), ("before_commit", _renew)):
        if not event.contains(db.session, name, hook):
            event.listen(db.session, name, hook)


class StampReader:
    """Reads the stamp on a connection of its own, far cheaper than a unit of work; one for a whole process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = threading.Lock()
        self._cursor: Any = None
        event.listen(engine, "engine_disposed", lambda _engine: self.close())

    def read(self) -> str | None:
        """The stamp as last committed; None while the database does not answer."""
        with self._lock:
            return self._try() or self._try()

    def close(self) -> None:
        """Give the connection back to the database."""
        with self._lock:
            self._let_go()

    def _try(self) -> str | None:
        """A connection that broke is noticed when it is used, and opened anew at the next try."""
        try:
            if self._cursor is None:
                self._cursor = self._open()
            value: str = self._cursor.execute(READ).fetchone()[0]
        except (self.engine.dialect.loaded_dbapi.Error, SQLAlchemyError):
            self._let_go()
            return None
        return value

    def _open(self) -> Any:
        borrowed = self.engine.raw_connection()
        connection: Any = borrowed.driver_connection
        borrowed.detach()
        if self.engine.dialect.name == "postgresql":
            connection.autocommit = True
            connection.prepare_threshold = 0
        return connection.cursor()

    def _let_go(self) -> None:
        cursor, self._cursor = self._cursor, None
        if cursor is not None:
            cursor.connection.close()


def _follow(session: Session, _transaction: Any, connection: Connection) -> None:
    """Let the connection's hook and the session's share one note; a savepoint goes on with its transaction's."""
    connection.info[CHANGED] = session.info.setdefault(CHANGED, set())


def _notice(
    connection: Connection, statement: Any, _several: Any, _values: Any, _options: Any, result: CursorResult[Any]
) -> None:
    if not isinstance(statement, UpdateBase) or CHANGED not in connection.info:
        return
    table: Any = statement.table
    if table.info.get("is_shown") and (result.returns_rows or result.rowcount != 0):
        connection.info[CHANGED].add(table.name)


def _renew(session: Session) -> None:
    """Write a new stamp as the very last statement: its row is one for all, and everyone waits for whoever holds it."""
    if session.in_nested_transaction():
        return
    session.flush()
    if session.info.pop(CHANGED, None):
        if request:
            request.environ.pop(PASSED, None)
        session.execute(update(CatalogueStamp).values(value=secrets.token_hex(8)))
