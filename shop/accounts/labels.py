"""What the states of an account are called, unless the owner says otherwise."""

from __future__ import annotations

from sqlalchemy import exists, select

from shop.accounts.models import User
from shop.accounts.models import UserStatus as S
from shop.extensions import db
from shop.store.labels import BuiltIn, Lookup


def _has_status(code: str) -> bool:
    return bool(db.session.scalar(select(exists().where(User.status == code))))


USER_STATUS = Lookup("user-status", "status", (
    BuiltIn(1, S.ACTIVE, "Active"),
    BuiltIn(2, S.INACTIVE, "Deactivated"),
    BuiltIn(3, S.BLOCKED, "Blocked"),
), _has_status)  # fmt: skip
