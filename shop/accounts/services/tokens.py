"""Tokens for apps (ACC-15): a signed access token that lives minutes, and a refresh token that works once."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt
from flask import current_app
from sqlalchemy import Select, select, update

from shop.accounts.models import RefreshToken, Session, User, UserStatus
from shop.accounts.services.sessions import end_session, leave, start_session
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.tokens import hash_of, key_for, new_token
from shop.store.settings import ACCESS_MINUTES, ACCESS_MINUTES_REMEMBERED, APP_DAYS, APP_HOURS, value_of

# The settings' limits keep the two kinds of sign-ins apart, so its life says of which kind one is.
SHORT_AT_MOST = timedelta(hours=APP_HOURS.maximum)
DOUBLE_CLICK = timedelta(seconds=10)
AUDIENCE = "api"


@dataclass(frozen=True)
class Tokens:
    """What a sign-in or a renewal hands to an app; lives are in seconds."""

    user_id: int
    session_id: str
    access_token: str
    expires_in: int
    refresh_token: str
    refresh_expires_in: int


def issue(user_id: int, ip: str | None, user_agent: str, *, remember: bool) -> Tokens:
    """Begin a session for an app and hand out its first pair of tokens."""
    life = timedelta(days=value_of(APP_DAYS)) if remember else timedelta(hours=value_of(APP_HOURS))
    session = start_session(user_id, ip, user_agent, remember=remember)
    session.expires_at = now() + life
    return _pair(session.id, user_id, life)


def renew(refresh_token: str) -> Tokens | None:
    """Trade a refresh token for a new pair, once; one UPDATE decides between two that try.

    None for one that is unknown, expired or revoked. One that was used before ends the whole sign-in: somebody else
    holds a copy. Only within a few seconds is the same token taken for a double click, and gets a pair of its own.
    """
    token_hash = hash_of(refresh_token)
    fresh = update(RefreshToken).where(RefreshToken.token_hash == token_hash, RefreshToken.used_at.is_(None))
    is_first = db.session.scalar(fresh.values(used_at=now()).returning(RefreshToken.id)) is not None
    found = db.session.execute(_live(token_hash)).one_or_none()
    if found is None:
        return None
    if not is_first and found.used_at < now() - DOUBLE_CLICK:
        end_session(found.session_id)
        return None
    life = timedelta(seconds=found.life)
    _prolong(found.session_id, life)
    return _pair(found.session_id, found.user_id, life)


def revoke(refresh_token: str) -> None:
    """End the sign-in a refresh token belongs to, with its access tokens; one we do not know ends nothing."""
    session_id = session_of(refresh_token)
    if session_id:
        leave(session_id)


def session_of(refresh_token: str) -> str | None:
    """The id of the session a refresh token was made for, dead or alive; None for one we do not know."""
    holder = select(RefreshToken.session_id).where(RefreshToken.token_hash == hash_of(refresh_token))
    return db.session.scalar(holder)


def csrf_token(session_id: str) -> str:
    """What a page sends beside the refresh cookie; another site can make a browser send the cookie, but not this."""
    return hmac.digest(key_for("csrf-token"), session_id.encode(), "sha256").hex()


def is_csrf_token(sent: str, session_id: str) -> bool:
    """Whether this is the session's own; takes as long for any other."""
    return hmac.compare_digest(sent.encode(errors="replace"), csrf_token(session_id).encode())


def session_named_by(access_token: str | None) -> str | None:
    """The id of the session an access token speaks for; None for one that is not ours, or too old."""
    try:
        claims = jwt.decode(
            access_token or "", key_for("access-token"), algorithms=["HS256"], audience=AUDIENCE, issuer=_issuer(),
            options={"require": ["exp", "iat", "sid", "aud", "iss"], "verify_exp": False, "verify_iat": False},
        )  # fmt: skip
    except jwt.InvalidTokenError:
        return None
    is_current = isinstance(claims["exp"], int) and claims["exp"] > now().timestamp()
    return claims["sid"] if is_current and isinstance(claims["sid"], str) else None


def _live(token_hash: str) -> Select[str, datetime | None, int, int]:
    """The token with its person, while token, session and account are good."""
    columns = (RefreshToken.session_id, RefreshToken.used_at, RefreshToken.life, User.id.label("user_id"))
    found = select(*columns).join(Session, Session.id == RefreshToken.session_id).join(User, User.id == Session.user_id)
    found = found.where(RefreshToken.token_hash == token_hash, RefreshToken.expires_at > now())
    return found.where(Session.ended_at.is_(None), Session.expires_at > now(), User.status == UserStatus.ACTIVE)


def _pair(session_id: str, user_id: int, life: timedelta) -> Tokens:
    refresh_token, access_life = new_token(), _access_life(life)
    db.session.add(
        RefreshToken(
            session_id=session_id,
            token_hash=hash_of(refresh_token),
            life=int(life.total_seconds()),
            expires_at=now() + life,
        )
    )
    db.session.flush()
    return Tokens(
        user_id=user_id,
        session_id=session_id,
        access_token=_signed(session_id, access_life),
        expires_in=int(access_life.total_seconds()),
        refresh_token=refresh_token,
        refresh_expires_in=int(life.total_seconds()),
    )


def _access_life(life: timedelta) -> timedelta:
    return timedelta(minutes=value_of(ACCESS_MINUTES if life <= SHORT_AT_MOST else ACCESS_MINUTES_REMEMBERED))


def _prolong(session_id: str, life: timedelta) -> None:
    mine = update(Session).where(Session.id == session_id)
    db.session.execute(mine.values(expires_at=now() + life, last_seen_at=now()))


def _signed(session_id: str, life: timedelta) -> str:
    moment = int(now().timestamp())
    claims = {"iss": _issuer(), "aud": AUDIENCE, "sid": session_id, "iat": moment}
    return jwt.encode(claims | {"exp": moment + int(life.total_seconds())}, key_for("access-token"), algorithm="HS256")


def _issuer() -> str:
    issuer: str = current_app.config["SHOP"].base_url
    return issuer
