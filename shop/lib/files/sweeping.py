"""Removes files that no row names: left behind by a crash between the file and its row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, select

from shop.extensions import Model, db
from shop.lib.clock import now
from shop.lib.files.columns import PictureColumn, StemColumn
from shop.lib.files.kinds import KINDS, StoredPicture, picture_at
from shop.lib.files.storage import remove, store
from shop.lib.files.stores.base import UNFINISHED, Kept
from shop.lib.unit_of_work import unit_of_work

NAMING = (PictureColumn, StemColumn)
SETTLED = timedelta(days=1)
"""After this time the row of a file is there, or never will be."""


def sweep() -> int:
    """Remove files without a row; how many pictures there were. Opens a unit of its own. Raises StoreDown.

    Files are listed before rows are read: a row that came in between names a file that is too young to be listed.
    """
    old = [kept.key for kept in _kept() if kept.written_at < now() - SETTLED]
    listed = {picture for key in old if (picture := picture_at(key))}
    with unit_of_work(read_only=True):
        orphans = listed - set(named_pictures())
    for picture in orphans:
        remove(picture)
    for key in old:
        if key.endswith(UNFINISHED):
            store().delete(key)
    return len(orphans)


def kept_keys() -> set[str]:
    """The keys of all files of pictures. Raises StoreDown."""
    return {kept.key for kept in _kept()}


def named_pictures() -> Iterator[StoredPicture]:
    """Every picture a row names."""
    for column in picture_columns():
        naming: Any = column.type
        for value in db.session.scalars(select(column).where(column.is_not(None))):
            if picture := naming.picture_named(value):
                yield picture


def picture_columns() -> list[Column[Any]]:
    """The columns that name pictures, of all tables."""
    tables = Model.metadata.sorted_tables
    return [column for table in tables for column in table.columns if isinstance(column.type, NAMING)]


def _kept() -> Iterator[Kept]:
    for folder in KINDS:
        yield from store().list(f"{folder}/")
