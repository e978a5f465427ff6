"""A sign-in that went to a provider and has to come back: to the same browser, once, within minutes.

The browser keeps the state in its signed cookie; nonce and PKCE verifier are made from it with a key of the shop, so
neither the browser nor the database holds them. Coming back writes the state down: its unique key lets it work once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from shop.accounts.models import UsedState
from shop.accounts.social.proofs import Grant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.tokens import hash_of, key_for, new_token

LIFE = timedelta(minutes=10)


@dataclass(frozen=True)
class Attempt:
    """`link_to` is the person whose account the sign-in is to be added to; None for a login."""

    state: str
    provider: str
    began: int
    next: str = ""
    link_to: int | None = None

    @property
    def is_young(self) -> bool:
        return self.began > (now() - LIFE).timestamp()

    @property
    def nonce(self) -> str:
        return _derived("nonce", self.state)

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier (RFC 7636, S256)."""
        return _plain64(hashlib.sha256(self._verifier.encode()).digest())

    @property
    def _verifier(self) -> str:
        return _derived("verifier", self.state)

    def grant(self, code: str, redirect_uri: str) -> Grant:
        """The code that came back, with this attempt's secrets."""
        return Grant(code, redirect_uri, self._verifier, self.nonce)


def begin(provider: str, *, next: str = "", link_to: int | None = None) -> Attempt:
    """A new attempt, for the cookie of this browser."""
    return Attempt(new_token(), provider, int(now().timestamp()), next, link_to)


def use(attempt: Attempt, state: str) -> bool:
    """Whether this state belongs to the attempt and comes back for the first time; in the current unit."""
    if not attempt.is_young or not secrets.compare_digest(attempt.state.encode(), state.encode(errors="replace")):
        return False
    db.session.add(UsedState(state_hash=hash_of(attempt.state), expires_at=now() + LIFE))
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _derived(purpose: str, state: str) -> str:
    return _plain64(hmac.digest(key_for("sign-in-elsewhere"), f"{purpose}:{state}".encode(), "sha256"))


def _plain64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
