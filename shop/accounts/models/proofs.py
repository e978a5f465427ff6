"""What proves that somebody reads a mailbox or holds a phone: one-time codes and mailed links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, Id, Moment, Ref, UtcDateTime


@own_history("says itself when it was made and used")
class OneTimeCode(Model):
    """The one open code of a person, or of a guest's session, for a purpose; only its hash is kept.

    `tries` and `sends` count since `began_at`, however many codes were made since. `occasion` is the outbox row the
    code was last made for.
    """

    __tablename__ = "one_time_code"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (session_id IS NULL)", "one_owner"),
        Index("uq_one_time_code_user_purpose", "user_id", "purpose", unique=True),
        Index("uq_one_time_code_session_purpose", "session_id", "purpose", unique=True),
    )

    id: Mapped[Id]
    user_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"))
    session_id: Mapped[str | None] = mapped_column(String(43), ForeignKey("session.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    code_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    sends: Mapped[int] = mapped_column(default=0)
    occasion: Mapped[int | None] = mapped_column(Ref)
    began_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@own_history("says itself when it was made and used")
class EmailVerification(Model):
    """A mailed link that proves `email` is the person's own; only the hash of its token is kept."""

    __tablename__ = "email_verification"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@own_history("says itself when it was made and used")
class PasswordReset(Model):
    """A mailed link that resets a password once; only the hash of its token is kept."""

    __tablename__ = "password_reset"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
