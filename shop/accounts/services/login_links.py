"""Links that log in once: mailed only, for fifteen minutes, kept as hashes (ACC-09)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Select, select, update

from shop.accounts.errors import LoginLinkExpired
from shop.accounts.models import LoginLink, User, UserStatus
from shop.accounts.services.credentials import Credential
from shop.extensions import db
from shop.lib.clock import now

LIFE = timedelta(minutes=15)


def make_login_link(user_id: int) -> str:
    """A new link's token."""
    token = secrets.token_urlsafe(32)
    db.session.add(LoginLink(user_id=user_id, token_hash=_hash(token), expires_at=now() + LIFE))
    db.session.flush()
    return token


def is_open(token: str) -> bool:
    """Whether a link would work now."""
    return db.session.scalar(_open(token)) is not None


def use_login_link(token: str) -> Credential:
    """Use a link up and return whose it is; one UPDATE decides between two. Raises LoginLinkExpired."""
    is_good = _open(token).with_only_columns(LoginLink.id).scalar_subquery()
    mine = update(LoginLink).where(LoginLink.id == is_good, LoginLink.used_at.is_(None))
    user_id = db.session.scalar(mine.values(used_at=now()).returning(LoginLink.user_id))
    user = db.session.get(User, user_id) if user_id else None
    if user is None or user.status != UserStatus.ACTIVE:
        raise LoginLinkExpired
    return Credential(user.id, user.password_hash)


def _open(token: str) -> Select[int]:
    return select(LoginLink.user_id).where(
        LoginLink.token_hash == _hash(token), LoginLink.used_at.is_(None), LoginLink.expires_at > now()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
