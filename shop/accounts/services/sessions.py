"""Starts and ends sessions."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from shop.accounts.login_log import recording as login_log
from shop.accounts.login_log.models import LoginKind
from shop.accounts.models import Session
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.tokens import new_token
from shop.store.settings import GUEST_DAYS, LOGIN_HOURS, REMEMBER_DAYS, value_of

SEEN_EVERY = timedelta(minutes=5)


def start_session(user_id: int | None, ip: str | None, user_agent: str, *, remember: bool = False) -> Session:
    """A new session row under an unguessable id (256 random bits)."""
    row = Session(
        id=new_token(),
        user_id=user_id,
        ip=ip,
        user_agent=user_agent[:300],
        last_seen_at=now(),
        expires_at=now() + _life(is_guest=user_id is None, remember=remember),
        password_confirmed_at=now() if user_id else None,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _life(*, is_guest: bool, remember: bool) -> timedelta:
    if is_guest:
        return timedelta(days=value_of(GUEST_DAYS))
    return timedelta(days=value_of(REMEMBER_DAYS)) if remember else timedelta(hours=value_of(LOGIN_HOURS))


def note_seen(session_id: str, ip: str | None) -> None:
    """Write down that a session is in use, and from where; at most once in SEEN_EVERY, whoever asks how often."""
    long_ago = Session.last_seen_at < now() - SEEN_EVERY
    seen = update(Session).where(Session.id == session_id, long_ago)
    db.session.execute(seen.values(last_seen_at=now(), ip=ip))


def note_confirmed(session_id: str) -> None:
    """Write down that whoever uses this session has just shown that it is them."""
    db.session.execute(update(Session).where(Session.id == session_id).values(password_confirmed_at=now()))


def end_session(session_id: str) -> None:
    """Revoke one session; it opens nothing from the next request on."""
    live = update(Session).where(Session.id == session_id, Session.ended_at.is_(None))
    db.session.execute(live.values(ended_at=now()))


def leave(session_id: str) -> None:
    """Revoke a session because its person says so; the login log tells of it once."""
    live = update(Session).where(Session.id == session_id, Session.ended_at.is_(None))
    user_id = db.session.scalar(live.values(ended_at=now()).returning(Session.user_id))
    if user_id:
        login_log.note(LoginKind.LOGOUT, user_id)


def leave_all(user_id: int, *, but: str | None = None) -> None:
    """The same for all of a person's sessions, except perhaps the one they are using."""
    live = select(Session.id).where(Session.user_id == user_id, Session.ended_at.is_(None), Session.id != (but or ""))
    for session_id in db.session.scalars(live).all():
        leave(session_id)


def end_sessions_of(user_id: int, *, but: str | None = None) -> None:
    """Revoke all sessions of a person, except perhaps the one they are using."""
    live = update(Session).where(Session.user_id == user_id, Session.ended_at.is_(None))
    db.session.execute((live.where(Session.id != but) if but else live).values(ended_at=now()))
