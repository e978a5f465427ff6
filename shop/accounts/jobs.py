"""What accounts do by the clock."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from shop.accounts.login_log import changing as login_log
from shop.accounts.models import (
    EmailVerification,
    LoginLink,
    OneTimeCode,
    PasswordReset,
    RefreshToken,
    Session,
    SignInChallenge,
    UsedState,
)
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.timed import every
from shop.store.settings import LOGIN_LOG_DAYS, value_of

KEPT = timedelta(days=1)


@every(timedelta(hours=24))
def forget_old_logins() -> None:
    """Drop rows of the login log that are older than the owner wants to know."""
    login_log.delete_older_than(now() - timedelta(days=value_of(LOGIN_LOG_DAYS)))


@every(timedelta(hours=24))
def forget_expired() -> None:
    """Drop sessions, tokens, links, codes and waiting logins that open nothing any more; a guest's bag goes too."""
    db.session.execute(delete(Session).where(Session.expires_at < now() - KEPT))
    db.session.execute(delete(RefreshToken).where(RefreshToken.expires_at < now() - KEPT))
    db.session.execute(delete(SignInChallenge).where(SignInChallenge.expires_at < now() - KEPT))
    db.session.execute(delete(LoginLink).where(LoginLink.expires_at < now() - KEPT))
    db.session.execute(delete(UsedState).where(UsedState.expires_at < now() - KEPT))
    db.session.execute(delete(PasswordReset).where(PasswordReset.expires_at < now() - KEPT))
    db.session.execute(delete(EmailVerification).where(EmailVerification.expires_at < now() - KEPT))
    db.session.execute(delete(OneTimeCode).where(OneTimeCode.expires_at < now() - KEPT))
