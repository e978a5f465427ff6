"""Words for what the log holds: what a row is called, and what a value says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, func, literal, select, union_all

from shop.accounts.models import RolePermission, User
from shop.accounts.permissions import about_of, action_of
from shop.extensions import db
from shop.lib.audit_log.values import ERASED, NOT_KEPT, Hidden, Values
from shop.lib.money import Money
from shop.operations.log.queries import logged_tables
from shop.store.formats import moment, money
from shop.store.models import SettingValue
from shop.store.settings import SETTINGS

NOTHING = "–"
HIDDEN = {NOT_KEPT: "Not shown", ERASED: "Erased"}
TITLES = {"user_account": "Account", "user_role": "Role of a person", "role_permission": "Permission of a role",
          "setting_value": "Setting", "lookup_label": "Label", "login_entry": "Login log",
          "product_relation": "Goes well with"}  # fmt: skip
NAMING = ("label", "name", "title", "sku")
PERMISSION = RolePermission.permission.key
Row = tuple[str, str]
Names = dict[Row, str]


def title_of(table: str) -> str:
    """What people call a row of a table."""
    return TITLES.get(table, table.replace("_", " ").capitalize())


def label_of(column: str) -> str:
    """What people call a column."""
    return column.removesuffix("_id").removesuffix("_at").replace("_", " ").capitalize()


def in_words(value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Hidden):
        return HIDDEN[value]
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, dict):
        return "\n".join(f"{name}: {in_words(part)}" for name, part in value.items()) or NOTHING
    return ("\n".join(map(in_words, value)) or NOTHING) if isinstance(value, list) else str(value)


def value_in_words(table: Table, record: str, column: str, value: Any, names: Names) -> str:
    """A column's value: rows it refers to by their names, settings in their own words."""
    setting = SETTINGS.get(record) if table is SettingValue.__table__ and column == "value" else None
    if setting and setting.fits(value):
        return setting.words(value)
    if table is RolePermission.__table__ and column == PERMISSION and isinstance(value, str):
        return _permission_in_words(value)
    target = _target(table, column)
    if target and value is not None and not isinstance(value, Hidden):
        return names.get((target, str(value)), f"No. {value}")
    return in_words(value)


def record_in_words(table: Table, record: str, values: Values, names: Names) -> str:
    """What a row is called today, or was called; one that joins others is called by what it joins."""
    if name := names.get((table.name, record)):
        return name
    if "id" not in table.columns:
        return " · ".join(_part(table, column, part, names) for column, part in _parts(table, record))
    told = (values[name] for name in NAMING if isinstance(values.get(name), str))
    return next(told, f"No. {record}")


def rows_named(table: Table, record: str, *values: Values) -> Iterator[Row]:
    """The rows whose names it takes to put a change into words."""
    yield table.name, record
    columns = [pair for each in values for pair in each.items()]
    for column, value in [*columns, *_parts(table, record)]:
        if (target := _target(table, column)) and value is not None:
            yield target, str(value)


def names_of(wanted: Iterable[Row]) -> Names:
    """What rows are called today, those that are there and have names; one statement for all of them."""
    by_table: defaultdict[str, set[int]] = defaultdict(set)
    for name, record in wanted:
        if record.isascii() and record.isdigit():
            by_table[name].add(int(record))
    tables = logged_tables()
    selects = [_named(tables[name], ids) for name, ids in by_table.items() if _naming(tables.get(name)) is not None]
    found = db.session.execute(union_all(*selects)) if selects else ()
    return {(row.kind, str(row.id)): row.words for row in found}


def _named(table: Table, ids: set[int]) -> Any:
    columns = (literal(table.name).label("kind"), table.columns.id.label("id"), _naming(table).label("words"))  # type: ignore[union-attr]
    return select(*columns).where(table.columns.id.in_(ids))


def _naming(table: Table | None) -> ColumnElement[str] | None:
    """What names a row of the table; variants go by their number, people by both their names."""
    if table is None or "id" not in table.columns:
        return None
    columns = table.columns
    if table is User.__table__:
        return func.trim(columns.first_name + " " + columns.last_name)
    return next((columns[name] for name in NAMING if name in columns), None)


def _part(table: Table, column: str, part: str, names: Names) -> str:
    if table is SettingValue.__table__ and part in SETTINGS:
        return SETTINGS[part].title
    if table is RolePermission.__table__ and column == PERMISSION:
        return _permission_in_words(part)
    return names.get((_target(table, column) or "", part), part)


def _permission_in_words(code: str) -> str:
    return f"{about_of(code)}: {action_of(code).lower()}"


def _parts(table: Table, record: str) -> Iterator[tuple[str, str]]:
    """The columns of the primary key, each with its part of the record's name."""
    columns = [column.name for column in table.primary_key.columns] or [""]
    return zip(columns, record.split(",", len(columns) - 1), strict=False)


def _target(table: Table, column: str) -> str | None:
    """The table that a column's value is an id of."""
    found: Any = table.columns.get(column)
    return next((key.column.table.name for key in found.foreign_keys), None) if found is not None else None
