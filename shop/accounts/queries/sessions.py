"""Reads of where a person is logged in."""

from __future__ import annotations

import hashlib

from sqlalchemy import Select, select

from shop.accounts.models import Session
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.queries import rows


def live_sessions_of(user_id: int) -> Select[Session]:
    """Where somebody is logged in, the latest seen first."""
    live = select(Session).where(Session.user_id == user_id, Session.ended_at.is_(None), Session.expires_at > now())
    return live.order_by(Session.last_seen_at.desc(), Session.id)


def handle_of(session_id: str) -> str:
    """What pages and addresses call a session: its id opens the account, so it never leaves the cookie."""
    return hashlib.sha256(f"handle of {session_id}".encode()).hexdigest()[:20]


def session_of(user_id: int, handle: str) -> Session:
    """One of a person's live sessions by its handle. Raises NotFound."""
    for session in rows(live_sessions_of(user_id)):
        if handle_of(session.id) == handle:
            return session
    raise NotFound
