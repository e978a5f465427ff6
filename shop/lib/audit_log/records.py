"""How the log names a row: by its primary key, the parts of a longer one joined with commas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Table

Key = tuple[Any, ...]


def record_of(key: Iterable[Any]) -> str:
    """The name of the row with this primary key."""
    return ",".join(map(str, key))


def key_of(table: Table, record: str) -> Key:
    """The primary key of the row with this name. The last part may hold commas itself."""
    columns = list(table.primary_key.columns)
    return tuple(map(_part, columns, record.split(",", len(columns) - 1)))


def _part(column: Column[Any], text: str) -> Any:
    return int(text) if column.type.python_type is int else text
