"""Opens entries of the log: values readable as far as they are, in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import MetaData, Table

from shop.accounts.models import User
from shop.lib.audit_log.person_keys import keys_of
from shop.lib.audit_log.values import Hidden, Values, read, revealed
from shop.lib.models import AuditEntry
from shop.operations.log.queries import logged_tables
from shop.operations.log.wording import (
    HIDDEN,
    NOTHING,
    Names,
    label_of,
    names_of,
    record_in_words,
    rows_named,
    title_of,
    value_in_words,
)


@dataclass(frozen=True)
class Line:
    """One field of a change, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class ReadChange:
    """An entry that was opened: values in Python's types, words for people."""

    entry: AuditEntry
    before: Values
    after: Values
    lines: list[Line]
    title: str
    record: str
    who: str
    ip: str | None


@dataclass(frozen=True)
class _Opened:
    entry: AuditEntry
    table: Table
    before: Values
    after: Values
    ip: str | Hidden | None


def read_changes(entries: Iterable[AuditEntry]) -> list[ReadChange]:
    """Entries with their values and in words; two statements, however many they are."""
    opened = _open(list(entries))
    names = names_of(row for one in opened for row in _rows_named(one))
    return [_change(one, names) for one in opened]


def _open(entries: list[AuditEntry]) -> list[_Opened]:
    keys = keys_of({person for one in entries for person in (one.person_id, one.user_id) if person})
    tables, found = logged_tables(), []
    for one in entries:
        # A table may have been given up since.
        table = tables.get(one.table_name, Table(one.table_name, MetaData()))
        key = keys.get(one.person_id or 0)
        ip = revealed(one.ip, keys.get(one.user_id or one.person_id or 0))
        found.append(_Opened(one, table, read(table, one.before, key), read(table, one.after, key), ip))
    return found


def _rows_named(one: _Opened) -> Iterable[tuple[str, str]]:
    who = [(User.__tablename__, str(one.entry.user_id))] if one.entry.user_id else []
    return [*rows_named(one.table, one.entry.record_id, one.before, one.after), *who]


def _change(one: _Opened, names: Names) -> ReadChange:
    entry = one.entry
    return ReadChange(
        entry=entry,
        before=one.before,
        after=one.after,
        lines=_lines(one, names),
        title=title_of(entry.table_name),
        record=record_in_words(one.table, entry.record_id, one.before | one.after, names),
        who=_who(entry, names),
        ip=HIDDEN[one.ip] if isinstance(one.ip, Hidden) else one.ip,
    )


def _lines(one: _Opened, names: Names) -> list[Line]:
    """Every field that was or is there; a number that only names the row says nothing."""
    key = [column.name for column in one.table.primary_key.columns]
    fields = [name for name in dict.fromkeys([*one.before, *one.after]) if [name] != key]

    def said(name: str, values: Values) -> str:
        return value_in_words(one.table, one.entry.record_id, name, values.get(name), names)

    lines = [Line(label_of(name), said(name, one.before), said(name, one.after)) for name in fields]
    return [line for line in lines if {line.before, line.after} != {NOTHING}]


def _who(entry: AuditEntry, names: Names) -> str:
    if entry.user_id:
        return names.get((User.__tablename__, str(entry.user_id)), f"Person {entry.user_id}")
    return entry.actor or "The shop"
