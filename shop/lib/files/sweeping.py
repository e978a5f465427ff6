"""Removes files that no row names: left behind by a crash between the file and its row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, select

from shop.extensions import Model, db
from shop.lib.files.columns import PictureColumn
from shop.lib.files.kinds import StoredPicture
from shop.lib.files.storage import pictures_older_than, remove
from shop.lib.unit_of_work import unit_of_work

SETTLED = timedelta(days=1)
"""After this time the row of a file is there, or never will be."""


def sweep() -> int:
    """Remove files without a row; how many there were. Opens a unit of its own.

    Files are listed before rows are read: a row that came in between names a file that is too young to be listed.
    """
    listed = set(pictures_older_than(SETTLED))
    with unit_of_work(read_only=True):
        orphans = listed - set(named_pictures())
    for picture in orphans:
        remove(picture)
    return len(orphans)


def named_pictures() -> Iterator[StoredPicture]:
    """Every picture a row names."""
    for column in picture_columns():
        yield from db.session.scalars(select(column).where(column.is_not(None)))


def picture_columns() -> list[Column[Any]]:
    """The columns that name pictures, of all tables."""
    tables = Model.metadata.sorted_tables
    return [column for table in tables for column in table.columns if isinstance(column.type, PictureColumn)]
