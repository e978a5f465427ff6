"""Reads of the login log, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.accounts.models import User
from shop.lib.queries import rows


@dataclass(frozen=True)
class LoginFilter:
    """Which rows; what is empty does not narrow. `since` counts, `until` no longer does."""

    kind: LoginKind | None = None
    user_id: int | None = None
    ip: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Stretch:
    """Some rows of the log with the names of their people; `older` is the id to go on from, None at the end."""

    entries: list[LoginEntry]
    names: dict[int, str]
    older: int | None


def logins(wanted: LoginFilter = LoginFilter()) -> Select[LoginEntry]:
    """Rows that fit, newest first."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind:
        conditions.append(LoginEntry.kind == wanted.kind)
    if wanted.user_id is not None:
        conditions.append(LoginEntry.user_id == wanted.user_id)
    if wanted.ip:
        conditions.append(LoginEntry.ip == wanted.ip)
    if wanted.since:
        conditions.append(LoginEntry.at >= wanted.since)
    if wanted.until:
        conditions.append(LoginEntry.at < wanted.until)
    return select(LoginEntry).where(*conditions).order_by(LoginEntry.id.desc())


def stretch_of(wanted: LoginFilter, before: int | None, size: int = 50) -> Stretch:
    """Rows that fit, from below an id on; pages stay where they are while new rows come in above."""
    statement = logins(wanted) if before is None else logins(wanted).where(LoginEntry.id < before)
    found = rows(statement.limit(size + 1))
    shown = found[:size]
    return Stretch(shown, names_of(shown), shown[-1].id if len(found) > size else None)


def names_of(entries: list[LoginEntry]) -> dict[int, str]:
    """What the people of some rows are called today, in one statement."""
    ids = {person for entry in entries for person in (entry.user_id, entry.entered_by) if person}
    return {user.id: user.name for user in rows(select(User).where(User.id.in_(ids)))} if ids else {}


def login_entry(entry_id: int) -> Select[LoginEntry]:
    """One row."""
    return select(LoginEntry).where(LoginEntry.id == entry_id)
