"""Links that reset a password: mailed only, five minutes, single use, kept as hashes (ACC-05)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, select, update

from shop.accounts.errors import LinkExpired
from shop.accounts.events import NobodyAskedForReset, PasswordResetRequested
from shop.accounts.models import PasswordReset, User, UserStatus
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.queries import one_or_none

LIFE = timedelta(minutes=5)


def ask_for_reset(email: str) -> None:
    """Owe a reset mail to whoever has this address; for an unknown one write as much, so that time tells nothing."""
    user = one_or_none(select(User).where(User.email == email, User.status == UserStatus.ACTIVE))
    emit(PasswordResetRequested(user.id) if user else NobodyAskedForReset(0))


def make_reset(user_id: int) -> str:
    """A new link's token; every older link of this person stops working."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update())
    end_resets_of(user_id)
    token = secrets.token_urlsafe(32)
    db.session.add(PasswordReset(user_id=user_id, token_hash=_hash(token), expires_at=now() + LIFE))
    db.session.flush()
    return token


def end_resets_of(user_id: int) -> None:
    """Kill the open links of a person."""
    open_ones = update(PasswordReset).where(PasswordReset.user_id == user_id, PasswordReset.used_at.is_(None))
    db.session.execute(open_ones.values(used_at=now()))


def is_open(token: str) -> bool:
    """Whether a link would work now."""
    return db.session.scalar(_open(token)) is not None


def use_reset(token: str) -> User:
    """Use a link up and return whose it is; the row count decides between two. Raises LinkExpired."""
    user_id = db.session.scalar(_open(token))
    mine = update(PasswordReset).where(PasswordReset.token_hash == _hash(token), PasswordReset.used_at.is_(None))
    used: CursorResult[Any] = db.session.execute(mine.values(used_at=now()))  # type: ignore[assignment]
    user = db.session.get(User, user_id) if user_id and used.rowcount == 1 else None
    if user is None or not user.is_active:
        raise LinkExpired
    return user


def _open(token: str) -> Select[int]:
    return select(PasswordReset.user_id).where(
        PasswordReset.token_hash == _hash(token), PasswordReset.used_at.is_(None), PasswordReset.expires_at > now()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
