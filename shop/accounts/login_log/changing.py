"""Rows of the login log that somebody of the team writes by hand, and rows that are deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import delete, select

from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.accounts.login_log.queries import login_entry
from shop.accounts.models import User
from shop.extensions import db
from shop.lib.actor import who_acts
from shop.lib.audit_log.recording import note_deletion
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404

TABLE: Any = LoginEntry.__table__
log = structlog.get_logger()


class WrittenByShop(ShopError):
    """A row the shop wrote itself, which nobody rewrites."""

    status = 409

    def __init__(self) -> None:
        super().__init__("The shop wrote this row itself. Only rows entered by hand can be changed.")


@dataclass(frozen=True)
class Noted:
    """What somebody of the team writes down; `at` None means now."""

    kind: LoginKind
    user_id: int
    ip: str | None = None
    user_agent: str | None = None
    at: datetime | None = None


def enter(noted: Noted, by: int) -> LoginEntry:
    """Write a row by hand; it says who wrote it. Raises ShopError for a person who does not exist."""
    _refuse_unknown(noted.user_id)
    entry = LoginEntry(**vars(noted) | {"at": noted.at or now()}, entered_by=by)
    db.session.add(entry)
    db.session.flush()
    return entry


def change(entry_id: int, values: dict[str, Any], by: int) -> LoginEntry:
    """Change a row that was entered by hand. Raises WrittenByShop, ShopError or NotFound."""
    entry = one_or_404(login_entry(entry_id).with_for_update())
    if entry.entered_by is None:
        raise WrittenByShop
    _refuse_unknown(values.get("user_id", entry.user_id))
    for name, value in (values | {"entered_by": by}).items():
        setattr(entry, name, value)
    db.session.flush()
    return entry


def delete_one(entry_id: int, kind: LoginKind | None = None) -> None:
    """Delete a row; with a kind only one of that kind. Raises NotFound."""
    found = login_entry(entry_id)
    entry = one_or_404(found.where(LoginEntry.kind == kind) if kind else found)
    db.session.delete(entry)
    db.session.flush()
    note_deletion(TABLE, str(entry_id), {"kind": entry.kind, "at": entry.at.isoformat()})
    log.warning("login_log_deleted", entry_id=entry_id, by=who_acts().user_id)


def delete_older_than(moment: datetime) -> int:
    """Delete every row from before a moment; returns how many there were."""
    gone = rows_changed(delete(LoginEntry).where(LoginEntry.at < moment))
    if gone:
        log.warning("login_log_deleted", until=moment.isoformat(), rows=gone, by=who_acts().user_id)
        note_deletion(TABLE, "older", {"rows": gone, "before": moment.isoformat()})
    return gone


def _refuse_unknown(user_id: int | None) -> None:
    if user_id is not None and db.session.scalar(select(User.id).where(User.id == user_id)) is None:
        raise ShopError("Nobody has this number.", field="user_id")
