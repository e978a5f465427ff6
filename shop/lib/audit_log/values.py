"""How values stand in the audit log: as JSON, where a wrapper marks what is no plain value.

A secret leaves no trace but that it changed. A person's words are encrypted with a key of their own, so that destroying
the key erases them while the log and its seals stay whole.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Column, Table

from shop.lib.audit_log.marks import Mark, mark_of
from shop.lib.columns import MoneyColumn, UtcDateTime
from shop.lib.money import Money

SECRET, PERSONAL, STRUCTURE = "secret", "personal", "json"
Values = dict[str, Any]


class Hidden:
    """A value that nobody can read; `words` say why."""

    def __init__(self, words: str) -> None:
        self.words = words


NOT_KEPT, ERASED = Hidden("not kept"), Hidden("erased")


def kept(table: Table, values: Values | None, key: Fernet | None) -> Values | None:
    """Column values as the log keeps them; `key` is that of the person the row belongs to."""
    if values is None:
        return None
    return {name: _kept(table.columns[name], value, key) for name, value in values.items()}


def read(table: Table, values: Values | None, key: Fernet | None) -> Values:
    """Column values out of the log, in Python's types; those nobody can read are Hidden."""
    return {name: _read(table.columns.get(name), value, key) for name, value in (values or {}).items()}


def personal(text: str | None, key: Fernet | None) -> Any:
    """Somebody's words under their key; without one they are not kept at all."""
    return None if text is None else {PERSONAL: key.encrypt(text.encode()).decode() if key else None}


def revealed(value: Any, key: Fernet | None) -> Any:
    """What `personal` kept, or ERASED once the key is gone."""
    if not isinstance(value, dict) or PERSONAL not in value:
        return value
    try:
        return key.decrypt(value[PERSONAL]).decode() if key and value[PERSONAL] else ERASED
    except InvalidToken:
        return ERASED


def _kept(column: Column[Any], value: Any, key: Fernet | None) -> Any:
    mark = mark_of(column)
    if mark is Mark.SECRET:
        return {SECRET: True}
    plain = _plain(value)
    return personal(plain, key) if mark is Mark.PERSONAL and plain is not None else plain


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (dict, list)):
        return {STRUCTURE: value}
    return str(value) if isinstance(value, Decimal) else value


def _read(column: Column[Any] | None, value: Any, key: Fernet | None) -> Any:
    if isinstance(value, dict):
        if SECRET in value:
            return NOT_KEPT
        if STRUCTURE in value:
            return value[STRUCTURE]
        value = revealed(value, key)
    if value is None or isinstance(value, Hidden) or column is None:
        return value
    return _typed(column, value)


def _typed(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, MoneyColumn):
        return Money(value)
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    python = column.type.python_type
    return python.fromisoformat(value) if issubclass(python, date) else value
