"""Reads of the second factor: whether it is on, the key that waits for its first code, codes that are left."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from shop.accounts.models import RecoveryCode, TwoFactor, User
from shop.accounts.permissions import Permission
from shop.extensions import db
from shop.lib.clock import now
from shop.store.settings import TWO_FACTOR_FOR, value_of

KEY_LIFE = timedelta(minutes=15)
EVERYTHING = frozenset(Permission)


def two_factor_of(user_id: int) -> TwoFactor | None:
    """A person's second factor, once it counts."""
    return db.session.scalar(select(TwoFactor).where(TwoFactor.user_id == user_id, TwoFactor.confirmed_at.is_not(None)))


def is_on(user_id: int) -> bool:
    """Whether this person signs in with a second step."""
    return two_factor_of(user_id) is not None


def waiting_key(user_id: int) -> TwoFactor | None:
    """The key that waits for its first code; it is shown for a few minutes after the password was given."""
    young = select(TwoFactor).where(TwoFactor.user_id == user_id, TwoFactor.created_at > now() - KEY_LIFE)
    return db.session.scalar(young.where(TwoFactor.confirmed_at.is_(None)))


def recovery_codes_left(user_id: int) -> int:
    """How many recovery codes still work."""
    unused = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def is_asked_of(permissions: frozenset[str]) -> bool:
    """Whether the shop wants two-factor sign-in of somebody who may do this; an owner is who may everything."""
    wanted = value_of(TWO_FACTOR_FOR) if permissions else "nobody"
    return wanted == "team" or (wanted == "owners" and permissions >= EVERYTHING)


def name_in_app(user_id: int) -> str:
    """What the authenticator app lists the account under."""
    user = db.session.get_one(User, user_id)
    return user.email or user.phone or user.name
