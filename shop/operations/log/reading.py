"""Puts entries of the log into words: what changed from what to what, and whom and what their numbers stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, MetaData, Table, func, literal, select, union_all

from shop.accounts.models import User
from shop.extensions import db
from shop.lib.audit_log.person_keys import keys_of
from shop.lib.audit_log.values import ERASED, NOT_KEPT, Hidden, Values, read, revealed
from shop.lib.models import AuditEntry
from shop.lib.money import Money
from shop.operations.log.queries import logged_tables
from shop.store.formats import moment, money

NOTHING = "–"
TITLES = {"user_account": "Account", "user_role": "Role of a person", "role_permission": "Permission of a role",
          "setting_value": "Setting", "lookup_label": "Label"}  # fmt: skip
NAMING = ("label", "name", "title", "sku")
Names = dict[tuple[str, str], str]


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


def read_changes(entries: Iterable[AuditEntry]) -> list[ReadChange]:
    """Entries with their values readable as far as they are; in three statements however many they are."""
    found = list(entries)
    keys = keys_of({person for one in found for person in (one.person_id, one.user_id) if person})
    tables = logged_tables()
    opened = []
    for one in found:
        key, table = keys.get(one.person_id or 0), tables.get(one.table_name, Table(one.table_name, MetaData()))
        opened.append((one, table, read(table, one.before, key), read(table, one.after, key)))
    names = _names(_referred(opened))
    return [_change(*each, names, revealed(each[0].ip, keys.get(each[0].user_id or each[0].person_id or 0)))
            for each in opened]  # fmt: skip


def title_of(table: str) -> str:
    """What people call a row of a table."""
    return TITLES.get(table, table.replace("_", " ").capitalize())


def in_words(value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Hidden):
        return value.words.capitalize()
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, dict):
        return "\n".join(f"{name}: {in_words(part)}" for name, part in value.items()) or NOTHING
    if isinstance(value, list):
        return "\n".join(map(in_words, value)) or NOTHING
    return {True: "Yes", False: "No"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _change(
    one: AuditEntry, table: Table, before: Values, after: Values, names: Names, ip: str | Hidden | None
) -> ReadChange:
    fields = dict.fromkeys([*before, *after])
    lines = [Line(_label(name), _named(table, name, before, names), _named(table, name, after, names))
             for name in fields if before.get(name) is not None or after.get(name) is not None]  # fmt: skip
    record = names.get((one.table_name, one.record_id), "")
    who = names.get((User.__tablename__, str(one.user_id)), f"Person {one.user_id}") if one.user_id else one.actor
    shown_ip = ip.words if isinstance(ip, Hidden) else ip
    return ReadChange(one, before, after, lines, title_of(one.table_name), record, who or "The shop", shown_ip)


def _label(column: str) -> str:
    return column.removesuffix("_id").removesuffix("_at").replace("_", " ").capitalize()


def _named(table: Table, name: str, values: Values, names: Names) -> str:
    value = values.get(name)
    if value is NOT_KEPT:
        return "Not shown"
    if value is ERASED:
        return "Erased"
    target = _target(table, name)
    return names.get((target, str(value)), f"No. {value}") if target and value is not None else in_words(value)


def _target(table: Table, name: str) -> str | None:
    """The table that a column's value is an id of."""
    column: Any = table.columns.get(name)
    return next((key.column.table.name for key in column.foreign_keys), None) if column is not None else None


def _referred(opened: Iterable[tuple[AuditEntry, Table, Values, Values]]) -> Iterator[tuple[str, str]]:
    for one, table, before, after in opened:
        yield one.table_name, one.record_id
        if one.user_id:
            yield User.__tablename__, str(one.user_id)
        for values in (before, after):
            for name, value in values.items():
                if (target := _target(table, name)) and value is not None:
                    yield target, str(value)


def _names(referred: Iterable[tuple[str, str]]) -> Names:
    """What the rows are called today, in one statement."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for table, record in referred:
        if record.isascii() and record.isdigit():
            wanted[table].add(int(record))
    tables = logged_tables()
    each = [
        select(literal(name).label("kind"), tables[name].columns.id.label("id"), words.label("words")).where(
            tables[name].columns.id.in_(ids)
        )
        for name, ids in wanted.items()
        if name in tables and "id" in tables[name].columns and (words := _naming(tables[name])) is not None
    ]
    found = db.session.execute(union_all(*each)) if each else ()
    return {(row.kind, str(row.id)): row.words for row in found}


def _naming(table: Table) -> ColumnElement[str] | None:
    """What names a row of the table; variants go by their number, people by both their names."""
    columns = table.columns
    if table is User.__table__:
        return func.trim(columns.first_name + " " + columns.last_name)
    return next((columns[name] for name in NAMING if name in columns), None)
