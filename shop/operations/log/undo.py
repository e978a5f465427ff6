"""Undoes one change of the log: puts back what was there before, by the way its area would.

Only where what the change left is still there; otherwise the later change counts. An undo is a change like any other
and stands in the log, naming what it undid. Orders, payments and stock are not in the log: what happened there is never
undone but followed by something, a refund or a correction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.extensions import db
from shop.lib.audit_log.marks import Mark, mark_of
from shop.lib.audit_log.recording import undoing
from shop.lib.audit_log.values import ERASED, Hidden, Values
from shop.lib.errors import ShopError
from shop.lib.models import AuditAction, AuditEntry
from shop.lib.queries import one_or_404, rows
from shop.operations.log.queries import ChangeFilter, changes, entry
from shop.operations.log.reading import ReadChange, in_words, read_changes
from shop.operations.log.ways import WAYS, May, Way


class CannotUndo(ShopError):
    """The change cannot be undone, or not any more."""

    status = 409


def undo(entry_id: int, may: May) -> AuditEntry:
    """Undo one change. `may` is what the one who asks may do. Raises CannotUndo, NotFound, or what the area refuses."""
    found = one_or_404(entry(entry_id))
    _undo(read_changes([found])[0], may)
    return found


def undo_save(entry_id: int, may: May) -> list[AuditEntry]:
    """Undo everything that was changed together with an entry, all of it or nothing, the last change first."""
    together = saved_with(one_or_404(entry(entry_id)))
    for change in read_changes(together):
        _undo(change, may)
    return together


def saved_with(one: AuditEntry) -> list[AuditEntry]:
    """All entries of the request that made this one, the last first; only itself where no request made it."""
    return rows(changes(ChangeFilter(request_id=one.request_id))) if one.request_id else [one]


def obstacle(change: ReadChange) -> str | None:
    """Why a change cannot be undone as things stand; None where it can."""
    return _why_never(change) or _changed_since(change, _row(change))


def _undo(change: ReadChange, may: May) -> None:
    row = None if _why_never(change) else _row(change, lock=True)
    if reason := _why_never(change) or _changed_since(change, row):
        raise CannotUndo(reason)
    try:
        with undoing(change.entry.id), db.session.begin_nested():
            _act(WAYS[change.entry.table_name], change, row, may)
    except IntegrityError as error:
        raise CannotUndo("Something else took its place, or refers to it, since.") from error


def _act(way: Way, change: ReadChange, row: Any, may: May) -> None:
    if change.entry.action == AuditAction.UPDATE and way.put_back:
        way.put_back(row, change.before, may)
    elif change.entry.action == AuditAction.CREATE and way.remove:
        way.remove(row, may)
    elif change.entry.action == AuditAction.DELETE and way.make:
        way.make(change.before, may)


def _why_never(change: ReadChange) -> str | None:
    way = WAYS.get(change.entry.table_name)
    if way is None or not _verb(way, change):
        return f"{change.title}: such a change is not undone from here, but where it was made."
    values = [*change.before.values(), *change.after.values()]
    if ERASED in values:
        return "The person was forgotten, and what stood here with them."
    if change.entry.action != AuditAction.CREATE and any(isinstance(value, Hidden) for value in values):
        return "The log does not keep secrets, so it cannot put one back."
    if way.columns is not None and change.entry.action == AuditAction.UPDATE and change.before.keys() - way.columns:
        return f"{change.title}: such a change is not undone from here, but where it was made."
    return None


def _verb(way: Way, change: ReadChange) -> object:
    return {"update": way.put_back, "create": way.remove, "delete": way.make}[change.entry.action]


def _changed_since(change: ReadChange, row: Any) -> str | None:
    if change.entry.action == AuditAction.DELETE:
        return "It is there again." if row is not None else None
    if row is None:
        return "It was deleted since."
    since = [
        f"{name} is {in_words(getattr(row, name))} now"
        for name, value in _left(change).items()
        if not isinstance(value, Hidden) and getattr(row, name) != value
    ]
    return f"It changed since: {'; '.join(since).replace('_', ' ')}." if since else None


def _left(change: ReadChange) -> Values:
    """What the change left behind; of a new row also what was empty."""
    if change.entry.action == AuditAction.UPDATE:
        return change.after
    columns = WAYS[change.entry.table_name].model.__table__.columns
    return {column.name: change.after.get(column.name) for column in columns if mark_of(column) is not Mark.LEFT_OUT}


def _row(change: ReadChange, *, lock: bool = False) -> Any:
    """The row as it is now."""
    model = WAYS[change.entry.table_name].model
    keys = [column.key for column in model.__table__.primary_key.columns]
    parts = change.entry.record_id.split(",", len(keys) - 1)
    typed = [int(part) if model.__table__.columns[key].type.python_type is int else part
             for key, part in zip(keys, parts, strict=True)]  # fmt: skip
    statement = select(model).where(*(getattr(model, key) == part for key, part in zip(keys, typed, strict=True)))
    statement = statement.with_for_update(of=model) if lock else statement
    return db.session.scalars(statement.execution_options(populate_existing=True)).unique().one_or_none()
