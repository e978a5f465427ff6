"""People, their roles, sessions, addresses and reset links."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.extensions import Model
from shop.lib.columns import CreatedAt, Id, Moment, Ref, UtcDateTime

SNAPSHOT = ("name", "phone", "house", "street", "landmark", "postal_code", "city", "state", "country")


class UserStatus(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    BLOCKED = "blocked"


class User(Model):
    """A person with an account. E-mail is lower case, phone E.164; at least one of them is there."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", "reachable"),)

    id: Mapped[Id]
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(10), default=UserStatus.ACTIVE)
    email_verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[CreatedAt]
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_active(self) -> bool:
        return self.status == UserStatus.ACTIVE


class Role(Model):
    """A named bundle of permissions; built-in ones cannot be deleted."""

    __tablename__ = "role"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    built_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RolePermission(Model):
    __tablename__ = "role_permission"

    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True)
    permission: Mapped[str] = mapped_column(String(60), primary_key=True)


class AccessPolicy(Model):
    """The one row of `accounts/policy.py`: a version that no other state of the roles ever had."""

    __tablename__ = "access_policy"
    __table_args__ = (CheckConstraint("id = 1", "one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(16))


class UserRole(Model):
    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True)


class Session(Model):
    """A revocable visit, of a guest from the first write on or of a person who signed in."""

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

    user: Mapped[User | None] = relationship()


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


class PasswordReset(Model):
    """A mailed link that resets a password once; only the hash of its token is kept."""

    __tablename__ = "password_reset"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Address(Model):
    """A saved address. The one with the newest `default_at` is the default."""

    __tablename__ = "address"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(40), default="Home")
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20))
    house: Mapped[str] = mapped_column(String(120))
    street: Mapped[str] = mapped_column(String(160))
    landmark: Mapped[str] = mapped_column(String(120), default="")
    postal_code: Mapped[str] = mapped_column(String(10))
    city: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(60))
    country: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[CreatedAt]
    default_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def snapshot(self) -> dict[str, str]:
        """The address as drafts and orders keep it."""
        return {name: getattr(self, name) for name in SNAPSHOT}
