"""The second factor of the matrix's people: keys that wait, keys that count, logins that wait for a code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shop.accounts.models import SignInChallenge, TwoFactor, User
from shop.accounts.services import second_step, two_factor
from shop.accounts.services.credentials import Credential
from shop.extensions import db
from shop.lib.clock import now
from tests.accounts.authenticator import code_of, with_app
from tests.factories import a_user

NO_CODES = {"waiting code": "000000", "app code": "000000"}
"""What strangers type, who have no key."""
LONG = timedelta(days=1)


class AppCode:
    """What an app shows at the moment it is asked."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def __str__(self) -> str:
        return code_of(self.secret, 1)


def waiting(user: User) -> dict[str, Any]:
    """A key that waits for its first code, for as long as the matrix takes."""
    two_factor.start(user.id)
    key = db.session.get_one(TwoFactor, user.id)
    key.created_at = now() + LONG
    return {"waiting code": AppCode(key.secret)}


def switched_on(user: User) -> dict[str, Any]:
    """A key that counts."""
    return {"app code": AppCode(with_app(user)[0])}


def half_logged_in() -> dict[str, Any]:
    """A login of somebody whose password was right, and the code that finishes it."""
    user = a_user("half@example.com")
    _secret, codes = with_app(user)
    token = second_step.ask_for_code(Credential(user.id, user.password_hash), remember=False)
    db.session.query(SignInChallenge).one().expires_at = now() + LONG
    return {"second step": token, "second code": codes[0], "half logged in": user.id}
