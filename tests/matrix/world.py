"""The ground of the matrix: a shop where everybody has something of everything, made once, put back after writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Table

from shop.extensions import db
from tests.matrix import elsewhere, things
from tests.matrix.people import Person
from tests.support.providers import ProviderDouble
from tests.support.shops import TestShop

# Twenty thousand rows that only `flask shop init` writes.
NEVER_WRITTEN = {"postal_code"}
# Whatever is asked for, even in vain, the shop notes every few minutes that somebody is there, and from where.
NOTED = {"session": {"last_seen_at", "ip"}}
Rows = dict[str, list[tuple[Any, ...]]]


class World:
    """The shop of the matrix, and who is in it."""

    def __init__(self, engine: str) -> None:
        self.elsewhere = ProviderDouble().__enter__()
        self.shop = TestShop(engine, "matrix", **self.elsewhere.settings(), app_redirect_uris=(elsewhere.BACK,))
        self.app: Flask = self.shop.app
        with self.app.app_context():
            self.people: dict[str, Person] = things.settle(elsewhere.codes(self.elsewhere))
            db.session.commit()
            self.ground = _dump()
            db.session.remove()
        self.shop.keep()
        self.shop.database.watch()

    @contextmanager
    def open(self) -> Iterator[World]:
        """The world in a pushed context."""
        with self.app.app_context():
            yield self
            self.written()
            db.session.remove()

    def written(self) -> set[str]:
        """The tables whose rows are not as in the beginning; afterwards they are."""
        db.session.rollback()
        read = _dump(self.shop.database.touched())
        changed = {table for table, rows in read.items() if _differ(rows, self.ground[table])}
        if changed:
            self.shop.restore()
            self.shop.database.watch()
        return changed

    def close(self) -> None:
        self.shop.close()
        self.elsewhere.__exit__()


def _dump(touched: set[str] | None = None) -> Rows:
    """Every row of every table that requests can write, or of those among them that were touched."""
    names = {table.name for table in db.metadata.sorted_tables} if touched is None else touched
    with db.engine.connect() as connection:
        read = connection.exec_driver_sql
        return {
            table.name: list(map(tuple, read(f'SELECT {_columns(table)} FROM "{table.name}"')))
            for table in db.metadata.sorted_tables
            if table.name in names - NEVER_WRITTEN
        }


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns if column.name not in NOTED.get(table.name, ()))


def _differ(rows: list[tuple[Any, ...]], others: list[tuple[Any, ...]]) -> bool:
    """Whether two tables hold different rows; their order means nothing."""
    return rows != others and sorted(map(repr, rows)) != sorted(map(repr, others))
