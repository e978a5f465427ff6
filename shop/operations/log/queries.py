"""What the audit log holds, newest first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, or_, select, tuple_

from shop.extensions import Model
from shop.lib.audit_log.marks import audit_of
from shop.lib.models import AuditEntry
from shop.lib.queries import rows

Places = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class ChangeFilter:
    """Which changes; what is empty does not narrow. `since` counts, `until` no longer does.

    `places` are records by table, as `histories` gathers them.
    """

    table: str = ""
    record: str = ""
    action: str = ""
    user_id: int | None = None
    person_id: int | None = None
    request_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    places: Places = field(default_factory=dict)


@dataclass(frozen=True)
class Stretch:
    """Some entries of the log; `older` is the id to go on from, None at the end."""

    entries: list[AuditEntry]
    older: int | None


def changes(wanted: ChangeFilter, behind: int | None = None) -> Select[AuditEntry]:
    """Entries that fit, newest first; of a longer list those behind an entry."""
    equal = {
        AuditEntry.table_name: wanted.table,
        AuditEntry.record_id: wanted.record,
        AuditEntry.action: wanted.action,
        AuditEntry.user_id: wanted.user_id,
        AuditEntry.person_id: wanted.person_id,
        AuditEntry.request_id: wanted.request_id,
    }
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value]
    if wanted.since:
        conditions.append(AuditEntry.at >= wanted.since)
    if wanted.until:
        conditions.append(AuditEntry.at < wanted.until)
    if wanted.places:
        conditions.append(or_(*(_is_at(table, records) for table, records in wanted.places.items())))
    if behind is not None:
        at = select(AuditEntry.at).where(AuditEntry.id == behind).scalar_subquery()
        conditions.append(tuple_(AuditEntry.at, AuditEntry.id) < tuple_(at, behind))
    return select(AuditEntry).where(*conditions).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def stretch_of(wanted: ChangeFilter, before: int | None, size: int = 25) -> Stretch:
    """Entries that fit, from behind an entry on; pages stay where they are while new entries come in above."""
    found = rows(changes(wanted, before).limit(size + 1))
    return Stretch(found[:size], found[size - 1].id if len(found) > size else None)


def entry(entry_id: int) -> Select[AuditEntry]:
    """One entry."""
    return select(AuditEntry).where(AuditEntry.id == entry_id)


def undone_by(entry_id: int) -> list[AuditEntry]:
    """Entries that undid this one."""
    return rows(select(AuditEntry).where(AuditEntry.undoes == entry_id).order_by(AuditEntry.id))


def _is_at(table: str, records: Collection[str]) -> ColumnElement[bool]:
    return (AuditEntry.table_name == table) & AuditEntry.record_id.in_(records)


def logged_tables() -> dict[str, Table]:
    """Every table whose changes are logged, by name."""
    found = {mapper.local_table for mapper in Model.registry.mappers}
    tables = [table for table in found if isinstance(table, Table) and audit_of(table)]
    return {table.name: table for table in sorted(tables, key=lambda table: table.name)}
