"""Visits, and the tokens by which apps renew theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models.people import User
from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, Id, Moment, UtcDateTime


@own_history("says itself when it began and ended")
class Session(Model):
    """A revocable visit, of a guest from the first write on or of a person who signed in.

    `opened_from` is the session of somebody of the team who is signed in as this person, to help.
    """

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    ip: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[CreatedAt]
    last_seen_at: Mapped[Moment]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    password_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_from: Mapped[str | None] = mapped_column(String(43))

    user: Mapped[User | None] = relationship()


@own_history("says itself when it was made and used")
class RefreshToken(Model):
    """Renews an app's access once (ACC-15); only its hash is kept. All tokens of one sign-in share its session.

    `life` is how many seconds a token of this sign-in lives.
    """

    __tablename__ = "refresh_token"

    id: Mapped[Id]
    session_id: Mapped[str] = mapped_column(String(43), ForeignKey("session.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    life: Mapped[int]
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
