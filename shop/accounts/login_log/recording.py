"""Writes the login log. Where from and with what comes from whoever acts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.login_log.models import LoginEntry, LoginKind
from shop.accounts.masking import masked
from shop.accounts.networks import network_of
from shop.extensions import db
from shop.lib.actor import who_acts
from shop.lib.clock import now

IN_DETAIL = 20
"""So many refused tries of one network and hour get a row each; one more row counts the rest."""


def note(kind: LoginKind, user_id: int) -> None:
    """Write down that somebody logged in or out, or registered; in the caller's unit."""
    actor = who_acts()
    db.session.add(LoginEntry(kind=kind, at=now(), user_id=user_id, ip=actor.ip, user_agent=_cut(actor.device)))
    db.session.flush()


def note_failed(name: str, user_id: int | None) -> None:
    """Write down a refused try with a name; the same statements whether the name is somebody's or not.

    Needs a unit of its own, because the refusal rolls back what stands around it. However often one network tries, its
    rows of an hour are few: two tries of the same moment may share one, and none goes uncounted.
    """
    actor, moment = who_acts(), now()
    place = f"{network_of(actor.ip)} {moment:%Y-%m-%dT%H}"
    before = db.session.scalar(select(func.count()).where(LoginEntry.place == place)) or 0
    number = min(before, IN_DETAIL)
    detail = {"user_id": user_id, "typed": masked(name), "user_agent": _cut(actor.device)} if number < IN_DETAIL else {}
    values = {"kind": LoginKind.FAILED, "at": moment, "ip": actor.ip, "place": place, "number": number, **detail}
    again = {"tries": LoginEntry.tries + 1, "at": moment}
    written = _insert().values(values)
    db.session.execute(written.on_conflict_do_update(index_elements=["place", "number"], set_=again))


def _cut(device: str | None) -> str | None:
    return device[:300] if device else None


def _insert() -> Any:
    dialect = postgresql if db.session.connection().dialect.name == "postgresql" else sqlite
    return dialect.insert(LoginEntry)
