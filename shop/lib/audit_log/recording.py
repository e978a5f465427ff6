"""The session hook that writes the audit log: each flush of changed rows is followed by one INSERT of what changed.

The entries belong to the unit that made the changes, so the log holds exactly what was committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from flask import g
from sqlalchemy import Table, event, insert, inspect
from sqlalchemy.orm import InstanceState, Session, configure_mappers

from shop.extensions import Model, db
from shop.lib.actor import Actor, who_acts
from shop.lib.audit_log import person_keys, values
from shop.lib.audit_log.marks import Audited, Mark, audit_of, mark_of
from shop.lib.audit_log.records import record_of
from shop.lib.audit_log.values import Values
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.models import AuditAction, AuditEntry

TABLE: Any = AuditEntry.__table__
ABOUT_THEMSELVES = {"customer", "guest"}
_undoes: ContextVar[int | None] = ContextVar("undoes", default=None)


def install() -> None:
    """Watch the shop's sessions; every app of a process shares the hook."""
    configure_mappers()
    for mapper in Model.registry.mappers:
        if isinstance(mapper.local_table, Table) and audit_of(mapper.local_table):
            for attribute in mapper.column_attrs:
                # What was there before is known even where it had not been read yet.
                getattr(mapper.class_, attribute.key).impl.active_history = True
    if not event.contains(db.session, "after_flush", record):
        event.listen(db.session, "after_flush", record)


@contextmanager
def undoing(entry_id: int) -> Iterator[None]:
    """Whatever is written inside undoes an entry of the log, and says so."""
    token = _undoes.set(entry_id)
    try:
        yield
        db.session.flush()
    finally:
        _undoes.reset(token)


@dataclass(frozen=True)
class _Change:
    action: AuditAction
    table: Table
    record_id: str
    person_id: int | None
    before: Values | None
    after: Values | None

    @property
    def is_personal(self) -> bool:
        names = {*(self.before or ()), *(self.after or ())}
        return any(mark_of(self.table.columns[name]) is Mark.PERSONAL for name in names)


def record(session: Session, _context: object) -> None:
    """The hook: write down what a flush changed."""
    changes = list(_changes(session))
    if not changes:
        return
    actor, connection = who_acts(), session.connection()
    people = {change.person_id for change in changes if change.is_personal} | {_whose_ip(actor, c) for c in changes}
    keys = person_keys.keys_for({person for person in people if person is not None}, connection)
    refuse_forgotten(changes, keys)
    connection.execute(insert(TABLE), [_row(change, actor, keys) for change in changes])


def note_deletion(table: Table, record: str, told: Values) -> None:
    """Write down that somebody deleted rows of a table with a history of its own; `told` is plain and of no person."""
    change = _Change(AuditAction.DELETE, table, record, None, None, None)
    db.session.execute(insert(TABLE), [_row(change, who_acts(), {}) | {"before": told}])


def refuse_forgotten(changes: list[_Change], keys: person_keys.Keys) -> None:
    """Raise NotFound where words of somebody would be kept who was forgotten.

    A request that began before its person left may come to write after it. It waited for the erasure to commit, by the
    lock on the account that each of these rows takes, so what it finds here is the last word.
    """
    if any(change.is_personal and change.after and change.person_id not in {None, *keys} for change in changes):
        raise NotFound


def _row(change: _Change, actor: Actor, keys: person_keys.Keys) -> dict[str, Any]:
    owner, key = _whose_ip(actor, change), keys.get(change.person_id or 0)
    return {
        "at": now(),
        "action": change.action,
        "table_name": change.table.name,
        "record_id": change.record_id,
        "person_id": change.person_id,
        "before": values.kept(change.table, change.before, key),
        "after": values.kept(change.table, change.after, key),
        "actor_kind": actor.kind,
        # People are named by their id alone: a name would outlive them here.
        "actor": None if actor.user_id else actor.name,
        "user_id": actor.user_id,
        "ip": actor.ip if owner is None else values.personal(actor.ip, keys.get(owner)),
        "request_id": g.get("request_id"),
        "undoes": _undoes.get(),
    }


def _whose_ip(actor: Actor, change: _Change) -> int | None:
    """Shoppers' addresses on the net are theirs and go with them; those of the team stay."""
    if actor.ip is None or actor.kind not in ABOUT_THEMSELVES:
        return None
    return actor.user_id or change.person_id


def _changes(session: Session) -> Iterator[_Change]:
    for group, read in ((session.new, _created), (session.dirty, _updated), (session.deleted, _deleted)):
        for row in group:
            state: InstanceState[Any] = inspect(row)
            table = state.mapper.local_table
            how = audit_of(table) if isinstance(table, Table) else None
            if how and isinstance(table, Table) and (change := read(state, table, how)):
                yield change


def _created(state: InstanceState[Any], table: Table, how: Audited) -> _Change:
    return _change(AuditAction.CREATE, state, table, how, None, _everything(state))


def _deleted(state: InstanceState[Any], table: Table, how: Audited) -> _Change:
    return _change(AuditAction.DELETE, state, table, how, _everything(state), None)


def _updated(state: InstanceState[Any], table: Table, how: Audited) -> _Change | None:
    before: Values = {}
    after: Values = {}
    for name, column in _logged(state):
        history = state.attrs[name].history
        if history.has_changes():
            before[column], after[column] = (next(iter(side or ()), None) for side in (history.deleted, history.added))
    return _change(AuditAction.UPDATE, state, table, how, before, after) if after else None


def _change(
    action: AuditAction, state: InstanceState[Any], table: Table, how: Audited, before: Any, after: Any
) -> _Change:
    key = record_of(state.mapper.primary_key_from_instance(state.obj()))
    person = state.dict.get(how.person) if how.person else None
    return _Change(action, table, key, person, before, after)


def _everything(state: InstanceState[Any]) -> Values:
    found = {column: state.dict.get(name) for name, column in _logged(state)}
    return {column: value for column, value in found.items() if value is not None}


def _logged(state: InstanceState[Any]) -> Iterator[tuple[str, str]]:
    """Names of the attributes and columns that enter the log."""
    for attribute in state.mapper.column_attrs:
        column: Any = attribute.columns[0]
        if mark_of(column) is not Mark.LEFT_OUT:
            yield attribute.key, column.name
