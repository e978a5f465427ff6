"""Undoes changes of the log: puts back what was there before, by the way its area would.

Only where what a change left is still there; otherwise the later change counts. An undo is a change like any other and
stands in the log, naming what it undid. Orders, payments and stock are not in the log: what happened there is never
undone but followed by something, a refund or a correction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from sqlalchemy import inspect, select, tuple_
from sqlalchemy.exc import IntegrityError

from shop.accounts.permissions import EFFECTS
from shop.extensions import db
from shop.lib.audit_log.marks import Mark, mark_of
from shop.lib.audit_log.recording import undoing
from shop.lib.audit_log.records import key_of, record_of
from shop.lib.audit_log.values import ERASED, Hidden, Values
from shop.lib.errors import NotFound, ShopError
from shop.lib.models import AuditAction, AuditEntry
from shop.lib.queries import one_or_404, rows
from shop.operations.log.queries import ChangeFilter, changes, entry
from shop.operations.log.reading import ReadChange, read_changes
from shop.operations.log.way import May, Way
from shop.operations.log.ways import WAYS
from shop.operations.log.wording import in_words

MOST = 200
TOO_MANY = f"More than {MOST} changes were saved together: they are undone by a job."
ELSEWHERE = "Such a change is not undone from here, but where it was made."
Present = dict[tuple[str, str], Any]


class CannotUndo(ShopError):
    """The change cannot be undone, or not any more."""

    status = 409


def undo(entry_id: int, may: May) -> None:
    """Undo one change. `may` is what the one who asks may do. Raises CannotUndo, NotFound, or what the area refuses."""
    _undo_all([one_or_404(entry(entry_id))], may)


def undo_save(entry_id: int, may: May) -> None:
    """Undo everything that was saved together with an entry, all of it or nothing. Raises what `undo` raises."""
    together = saved_with(one_or_404(entry(entry_id)))
    if len(together) > MOST:
        raise CannotUndo(TOO_MANY)
    _undo_all(together, may)


def saved_with(one: AuditEntry) -> list[AuditEntry]:
    """What the request that made an entry changed; only the entry itself where no request made it."""
    return changed_by(one.request_id) if one.request_id else [one]


def changed_by(request_id: str) -> list[AuditEntry]:
    """What a request changed, the last change first, of a long list one more than MOST."""
    found = rows(changes(ChangeFilter(request_id=request_id)).limit(MOST + 1))
    return sorted(found, key=lambda each: -each.id)


def obstacle(change: ReadChange, may: May) -> str | None:
    """Why a change cannot be undone as things stand; None where it can."""
    return obstacle_of_save([change], may)


def obstacle_of_save(together: list[ReadChange], may: May) -> str | None:
    """Why changes, the last first, cannot be undone together. Of a row that changed twice the last change counts."""
    if len(together) > MOST:
        return TOO_MANY
    never = (reason for change in together if (reason := _why_never(change, may)))
    return next(chain(never, _changes_since(together)), None)


def _undo_all(entries: list[AuditEntry], may: May) -> None:
    # Of two who undo the same change the second waits here, and then sees what the first one did.
    held = select(AuditEntry.id).where(AuditEntry.id.in_([one.id for one in entries])).order_by(AuditEntry.id)
    rows(held.with_for_update())
    for change in read_changes(entries):
        _undo(change, may)


def _undo(change: ReadChange, may: May) -> None:
    if reason := _why_never(change, may):
        raise CannotUndo(reason)
    way, key = WAYS[change.entry.table_name], key_of(_table(change), change.entry.record_id)
    try:
        if way.hold:
            way.hold(key)
        row = _present([change], lock=True).get(_place(change))
        if reason := _changed_since(change, row):
            raise CannotUndo(reason)
        with undoing(change.entry.id):
            _act(way, change, row, may)
    except NotFound as error:
        raise CannotUndo("It is gone, or what it belongs to is.") from error
    except IntegrityError as error:
        raise CannotUndo("Something else took its place, or refers to it, since.") from error


def _act(way: Way, change: ReadChange, row: Any, may: May) -> None:
    if change.entry.action == AuditAction.UPDATE and way.put_back:
        way.put_back(row, change.before, may)
    elif change.entry.action == AuditAction.CREATE and way.remove:
        way.remove(row, may)
    elif change.entry.action == AuditAction.DELETE and way.make:
        way.make(change.before, may)


def _why_never(change: ReadChange, may: May) -> str | None:
    way, values = WAYS.get(change.entry.table_name), change.before | change.after
    if way is None or not _is_way(way, change):
        return ELSEWHERE
    if ERASED in [*change.before.values(), *change.after.values()]:
        return "The person was forgotten, and with them what stood here."
    if any(isinstance(value, Hidden) for value in change.before.values()):
        return "The log does not keep secrets, so it cannot put one back."
    if values.keys() - _table(change).columns.keys():
        return "The shop does not keep such a thing any more."
    if way.needs and way.needs not in may:
        return f"For that your role would have to allow you: {EFFECTS[way.needs].lower()}."
    return None


def _is_way(way: Way, change: ReadChange) -> bool:
    if change.entry.action == AuditAction.UPDATE:
        return way.put_back is not None and (way.columns is None or change.before.keys() <= way.columns)
    return (way.remove if change.entry.action == AuditAction.CREATE else way.make) is not None


def _changes_since(together: Iterable[ReadChange]) -> Iterator[str]:
    last = {_place(change): change for change in reversed(list(together))}
    there = _present(last.values())
    for place, change in last.items():
        if reason := _changed_since(change, there.get(place)):
            yield reason


def _changed_since(change: ReadChange, row: Any) -> str | None:
    if change.entry.action == AuditAction.DELETE:
        return "It is there again." if row is not None else None
    if row is None:
        return "It was deleted since."
    since = [
        _said(change, name, getattr(row, name))
        for name, value in _left(change).items()
        if not isinstance(value, Hidden) and getattr(row, name) != value
    ]
    return f"It changed since: {', '.join(since)}." if since else None


def _said(change: ReadChange, name: str, value: Any) -> str:
    """What a column holds now; whoever undoes may not be who may read about people."""
    is_personal = mark_of(_table(change).columns[name]) is Mark.PERSONAL
    return f"{name.replace('_', ' ')} is {'another' if is_personal else in_words(value)} now"


def _left(change: ReadChange) -> Values:
    """What the change left behind; of a new row also what was empty."""
    if change.entry.action == AuditAction.UPDATE:
        return change.after
    columns = _table(change).columns
    return {column.name: change.after.get(column.name) for column in columns if mark_of(column) is not Mark.LEFT_OUT}


def _present(together: Iterable[ReadChange], *, lock: bool = False) -> Present:
    """The rows as they are now, those that there are, with a statement for each table."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for change in together:
        wanted[change.entry.table_name].add(change.entry.record_id)
    return {(table, record_of(inspect(row).identity)): row
            for table, records in wanted.items() for row in _rows(WAYS[table].model, records, lock)}  # fmt: skip


def _rows(model: Any, records: set[str], lock: bool) -> Iterable[Any]:
    keys = [key_of(model.__table__, record) for record in sorted(records)]
    statement = select(model).where(tuple_(*model.__mapper__.primary_key).in_(keys))
    statement = statement.with_for_update(of=model) if lock else statement
    return db.session.scalars(statement.execution_options(populate_existing=True)).unique()


def _place(change: ReadChange) -> tuple[str, str]:
    return change.entry.table_name, change.entry.record_id


def _table(change: ReadChange) -> Any:
    return WAYS[change.entry.table_name].model.__table__
