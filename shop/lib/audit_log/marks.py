"""What of a table enters the audit log: a table says so where it is mapped, a column where it is defined.

Every mapped table says one of two things; a house test fails for one that says neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Column, Table

from shop.extensions import Model

M = TypeVar("M", bound=type[Model])
KEY = "audit"


class Mark(Enum):
    """How a column's values stand in the log."""

    SECRET = "only that it changed"  # noqa: S105 — says how, is none
    PERSONAL = "under the person's own key"
    LEFT_OUT = "not at all"


SECRET = {KEY: Mark.SECRET}
PERSONAL = {KEY: Mark.PERSONAL}
LEFT_OUT = {KEY: Mark.LEFT_OUT}


@dataclass(frozen=True)
class Audited:
    """Changes of the table's rows are logged; `person` names the column with the account a row belongs to."""

    person: str | None = None


@dataclass(frozen=True)
class OwnHistory:
    """The table is not in the log, because …"""

    reason: str


def audited(*, person: str | None = None) -> Callable[[M], M]:
    """Mark a table whose every change is logged."""
    return _marked(Audited(person))


def own_history(reason: str) -> Callable[[M], M]:
    """Mark a table that keeps its own history, or whose changes nobody would look up."""
    return _marked(OwnHistory(reason))


def audit_of(table: Table) -> Audited | None:
    """How a table is logged; None for one that is not."""
    said = table.info.get(KEY)
    return said if isinstance(said, Audited) else None


def mark_of(column: Column[Any]) -> Mark | None:
    """How a column stands in the log; None for plainly."""
    mark: Mark | None = column.info.get(KEY)
    return mark


def _marked(said: Audited | OwnHistory) -> Callable[[M], M]:
    def mark(model: M) -> M:
        table: Any = model.__table__
        table.info[KEY] = said
        return model

    return mark
