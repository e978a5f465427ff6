"""Links that log in once: mailed only, for fifteen minutes, kept as hashes (ACC-09)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, select, update

from shop.accounts.errors import LoginLinkExpired
from shop.accounts.models import LoginLink, User
from shop.accounts.services.credentials import Credential
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.tokens import hash_of, new_token

LIFE = timedelta(minutes=15)


def make_login_link(user_id: int) -> str:
    """A new link's token."""
    token = new_token()
    db.session.add(LoginLink(user_id=user_id, token_hash=hash_of(token), expires_at=now() + LIFE))
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
    if user is None or not user.is_active:
        raise LoginLinkExpired
    return Credential(user.id, user.password_hash)


def _open(token: str) -> Select[int]:
    return select(LoginLink.user_id).where(
        LoginLink.token_hash == hash_of(token), LoginLink.used_at.is_(None), LoginLink.expires_at > now()
    )
