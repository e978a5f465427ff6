"""The second factor: an authenticator's key, what was tried with it, recovery codes, sign-ins that wait for a code."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import SECRET, audited, own_history
from shop.lib.columns import CreatedAt, EncryptedText, Id, Moment, Ref, UtcDateTime


@audited(person="user_id")
class TwoFactor(Model):
    """A person's authenticator app; it counts from the moment its owner has shown a code of it."""

    __tablename__ = "two_factor"

    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(EncryptedText, info=SECRET)
    created_at: Mapped[CreatedAt]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@own_history("counts tries, and is nothing without them")
class TwoFactorUse(Model):
    """What was tried with a person's codes: how often in vain, when last, and the time step of the last good one."""

    __tablename__ = "two_factor_use"

    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[Moment]
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


@own_history("says itself when it was made and used")
class RecoveryCode(Model):
    """Stands in for an authenticator's code once; only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[CreatedAt]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@own_history("says itself when it was made and used")
class SignInChallenge(Model):
    """A sign-in that waits for its second step; only the hash of its token is kept.

    `password_mark` is a hash of the password's hash: once that changes, the first step is worth nothing.
    """

    __tablename__ = "sign_in_challenge"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    password_mark: Mapped[str] = mapped_column(String(64))
    remember: Mapped[bool]
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
