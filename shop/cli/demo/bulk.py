"""Writes many rows at once, under ids chosen here, so that rows can name each other before they are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Integer, Table, func, insert, select, text

from shop.cli.demo.source import Row
from shop.extensions import Base, db


def table_of(model: type[Base]) -> Table:
    """The table a model is mapped to."""
    table: Any = model.__table__
    return table


def next_id(model: type[Base]) -> int:
    """The id after the highest one."""
    table = table_of(model)
    return (db.session.scalar(select(func.max(table.c.id))) or 0) + 1


def put(model: type[Base], rows: Iterable[Row]) -> list[Row]:
    """Insert rows under the next ids and return them with those."""
    start = next_id(model)
    numbered = [{"id": start + place, **row} for place, row in enumerate(rows)]
    return put_plain(model, numbered)


def put_plain(model: type[Base], rows: list[Row]) -> list[Row]:
    """Insert rows whose keys are already known."""
    if rows:
        db.session.execute(insert(table_of(model)), rows)
    return rows


def settle_sequences() -> None:
    """Let PostgreSQL number on after the ids that were chosen here."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in db.metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, Integer):
            db.session.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"  # noqa: S608 — our own table names
                    f" (SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
                )
            )
