"""People with an account."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import LEFT_OUT, PERSONAL, SECRET, audited
from shop.lib.columns import Amount, CreatedAt, Id, UtcDateTime
from shop.lib.files.columns import PictureColumn
from shop.lib.files.kinds import PORTRAIT, StoredPicture
from shop.lib.money import ZERO


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
