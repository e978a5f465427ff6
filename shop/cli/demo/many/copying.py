"""The quickest way into each database: COPY on PostgreSQL, prepared inserts on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from sqlalchemy import text

from shop.cli.demo.bulk import table_of
from shop.cli.demo.source import Row
from shop.extensions import Base, db


def is_postgresql() -> bool:
    """Whether the shop runs on PostgreSQL."""
    return db.engine.dialect.name == "postgresql"


def as_moment(when: datetime) -> str:
    """A moment as its column keeps it."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}" + ("+00" if is_postgresql() else "")


def as_json(value: Any) -> str:
    """A value as a JSON column keeps it."""
    return json.dumps(value)


def copy_rows(model: type[Base], rows: Iterable[Row]) -> None:
    """Write rows that all have the keys of the first one and hold plain values only."""
    rest = iter(rows)
    first = next(rest, None)
    if first is None:
        return
    names, table = ", ".join(first), table_of(model).name
    cursor: Any = db.session.connection().connection.cursor()
    everything = (tuple(row.values()) for row in chain((first,), rest))
    if is_postgresql():
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for values in everything:
                copy.write_row(values)
    else:
        marks = ", ".join("?" * len(first))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", everything)  # noqa: S608 — our own names
    cursor.close()


def allow_long_statements() -> None:
    """Lift the limit that protects shoppers, for this transaction."""
    if is_postgresql():
        db.session.execute(text("SET LOCAL statement_timeout = 0"))


def count_again() -> None:
    """Let the planner know how much there is now."""
    db.session.execute(text("ANALYZE"))
