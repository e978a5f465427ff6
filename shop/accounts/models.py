"""People, their roles, sessions, addresses and reset links."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.extensions import Model
from shop.lib.audit_log.marks import LEFT_OUT, PERSONAL, SECRET, audited, own_history
from shop.lib.columns import Amount, CreatedAt, Id, Moment, Ref, UtcDateTime
from shop.lib.files.columns import PictureColumn
from shop.lib.files.kinds import PORTRAIT, StoredPicture
from shop.lib.money import ZERO

SNAPSHOT = ("name", "phone", "house", "street", "landmark", "postal_code", "city", "state", "country")


class UserStatus(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    BLOCKED = "blocked"


class Gender(StrEnum):
    """What a person says of themselves; nobody has to."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


@audited(person="id")
class User(Model):
    """A person with an account. E-mail is lower case, phone E.164; at least one of them is there.

    `made_with` is the provider whose sign-in made the account; `random_password_at` is there as long as nobody knows
    its password. Orders say how many they are and what they come to (`services/custom.py`), so that an index sorts
    people by it.
    """

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", "reachable"),
        Index("ix_user_account_created_at", "created_at", "id"),
        Index("ix_user_account_orders_count", "orders_count", "id"),
        Index("ix_user_account_spent", "spent", "id"),
    )

    id: Mapped[Id]
    first_name: Mapped[str] = mapped_column(String(80), info=PERSONAL)
    last_name: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    email: Mapped[str | None] = mapped_column(String(254), unique=True, info=PERSONAL)
    phone: Mapped[str | None] = mapped_column(String(20), unique=True, info=PERSONAL)
    password_hash: Mapped[str] = mapped_column(String(200), info=SECRET)
    status: Mapped[str] = mapped_column(String(10), default=UserStatus.ACTIVE)
    email_verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    phone_verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gender: Mapped[str | None] = mapped_column(String(10), info=PERSONAL)
    date_of_birth: Mapped[date | None] = mapped_column(info=PERSONAL)
    picture: Mapped[StoredPicture | None] = mapped_column(PictureColumn(PORTRAIT), info=SECRET)
    made_with: Mapped[str | None] = mapped_column(String(20))
    random_password_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=LEFT_OUT)
    created_at: Mapped[CreatedAt]
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=LEFT_OUT)
    orders_count: Mapped[int] = mapped_column(default=0, server_default="0", info=LEFT_OUT)
    spent: Mapped[Amount] = mapped_column(default=ZERO, server_default="0", info=LEFT_OUT)
    last_order_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=LEFT_OUT)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """What stands for a person without a picture."""
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @property
    def is_active(self) -> bool:
        return self.status == UserStatus.ACTIVE


@audited()
class Role(Model):
    """A named bundle of permissions. Built-in ones keep their name and stay; `name` is the label as code writes it."""

    __tablename__ = "role"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(300), default="", server_default="")
    built_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@audited()
class RolePermission(Model):
    __tablename__ = "role_permission"

    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True)
    permission: Mapped[str] = mapped_column(String(60), primary_key=True)


@own_history("a mark that roles changed")
class AccessPolicy(Model):
    """The one row of `accounts/policy.py`: a version that no other state of the roles ever had."""

    __tablename__ = "access_policy"
    __table_args__ = (CheckConstraint("id = 1", "one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(16))


@audited(person="user_id")
class UserRole(Model):
    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True)


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


class AddressType(StrEnum):
    """What an address is for."""

    SHIPPING = "shipping"
    BILLING = "billing"
    BOTH = "both"

    @property
    def uses(self) -> tuple[AddressType, ...]:
        """Shipping, billing, or the two."""
        return (AddressType.SHIPPING, AddressType.BILLING) if self is AddressType.BOTH else (self,)


@audited(person="user_id")
class Address(Model):
    """A saved address. For each use the one with the newest `…_default_at` is the default."""

    __tablename__ = "address"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(40), default="Home", info=PERSONAL)
    name: Mapped[str] = mapped_column(String(120), info=PERSONAL)
    phone: Mapped[str] = mapped_column(String(20), info=PERSONAL)
    house: Mapped[str] = mapped_column(String(120), info=PERSONAL)
    street: Mapped[str] = mapped_column(String(160), info=PERSONAL)
    landmark: Mapped[str] = mapped_column(String(120), default="", info=PERSONAL)
    postal_code: Mapped[str] = mapped_column(String(10), info=PERSONAL)
    city: Mapped[str] = mapped_column(String(80), info=PERSONAL)
    state: Mapped[str] = mapped_column(String(60), info=PERSONAL)
    country: Mapped[str] = mapped_column(String(2))
    address_type: Mapped[str] = mapped_column(String(10), default=AddressType.BOTH, server_default=AddressType.BOTH)
    created_at: Mapped[CreatedAt]
    shipping_default_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    billing_default_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def uses(self) -> tuple[AddressType, ...]:
        return AddressType(self.address_type).uses

    @property
    def snapshot(self) -> dict[str, str]:
        """The address as drafts and orders keep it."""
        return {name: getattr(self, name) for name in SNAPSHOT}
