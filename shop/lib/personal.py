"""What an area knows of people: what it hands out to them, and how it lets them go (ACC-10).

Every area lists its tables with a person in them in its `personal.py`; `membership` conducts. A house test fails over
a table that nobody lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import InstrumentedAttribute

from shop.extensions import db
from shop.lib.audit_log.marks import Mark, mark_of
from shop.lib.columns import EncryptedText
from shop.lib.money import Money
from shop.lib.queries import rows

FORMER = ("Former", "customer")
Told = Callable[[int], Any]
Erase = Callable[[int], None]


@dataclass(frozen=True)
class Because:
    """Why there is nothing to hand out, or why something stays."""

    reason: str


@dataclass(frozen=True)
class Holding:
    """Tables that hold something of people, all told and erased in one way.

    `told` gives a person's part of it, for the file of this name in their export: rows as plain values, or bytes.
    `erase` takes everything of theirs out of the tables, in the caller's unit. Both get the account's id.
    """

    tables: tuple[str, ...]
    file: str
    told: Told | Because
    erase: Erase | Because


def plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, Money):
        return value.plain
    return value.isoformat() if isinstance(value, date) else value


def some_of(row: Any, *names: str) -> dict[str, Any]:
    """Some of a row's values, plain."""
    return {name: plain(getattr(row, name)) for name in names}


def told_rows(owner: InstrumentedAttribute[Any], *but: str) -> Told:
    """Tells of the rows whose `owner` is the person: every column that is no secret, but a few."""
    names = [name for name in _open_columns(owner.class_) if name not in {*but, owner.key}]
    return lambda user_id: [some_of(row, *names) for row in _rows_of(owner, user_id)]


def delete_rows(owner: InstrumentedAttribute[Any]) -> Erase:
    """Deletes the rows whose `owner` is the person, each as a mapped object, so that the audit log sees it."""

    def delete(user_id: int) -> None:
        for row in _rows_of(owner, user_id):
            db.session.delete(row)
        db.session.flush()

    return delete


def _rows_of(owner: InstrumentedAttribute[Any], user_id: int) -> list[Any]:
    return rows(select(owner.class_).where(owner == user_id).order_by(*inspect(owner.class_).primary_key))


def _open_columns(model: Any) -> list[str]:
    found = []
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        if mark_of(column) is not Mark.SECRET and not isinstance(column.type, EncryptedText):
            found.append(attribute.key)
    return found
