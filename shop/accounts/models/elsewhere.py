"""Sign-ins elsewhere that open an account, states that came back, and login links."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import PERSONAL, audited, own_history
from shop.lib.columns import CreatedAt, Id, Moment, Ref, UtcDateTime


@audited(person="user_id")
class LinkedSignIn(Model):
    """A person's account at a provider, by the provider's own id of it; `email` is what it was called when linked."""

    __tablename__ = "linked_sign_in"
    __table_args__ = (UniqueConstraint("provider", "subject"), UniqueConstraint("user_id", "provider"))

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"))
    provider: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(255), info=PERSONAL)
    email: Mapped[str] = mapped_column(String(254), default="", info=PERSONAL)
    created_at: Mapped[CreatedAt]


@own_history("written once, when a sign-in comes back")
class UsedState(Model):
    """The hash of a state that came back from a provider; a second time finds it here."""

    __tablename__ = "used_state"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[Moment]


@own_history("says itself when it was made and used")
class LoginLink(Model):
    """A mailed link that logs in once; only the hash of its token is kept."""

    __tablename__ = "login_link"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
