"""Somebody's authenticator app."""

from datetime import timedelta

import pyotp

from shop.accounts.models import TwoFactor, User
from shop.accounts.services import two_factor
from shop.extensions import db
from shop.lib.clock import now

STEP = timedelta(seconds=30)


def code_of(secret: str, ahead: int = 0) -> str:
    """What the app shows now, or some steps of 30 seconds from now."""
    return pyotp.TOTP(secret).at(now() + ahead * STEP)


def with_app(user: User) -> tuple[str, list[str]]:
    """Switch two-factor sign-in on; the key and the recovery codes. That uses up the code of now, not the next."""
    two_factor.start(user.id)
    secret = db.session.get_one(TwoFactor, user.id).secret
    codes = two_factor.confirm(user.id, code_of(secret))
    db.session.commit()
    return secret, codes
