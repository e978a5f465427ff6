"""Address books."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import PERSONAL, audited
from shop.lib.columns import CreatedAt, Id, Ref, UtcDateTime

SNAPSHOT = ("name", "phone", "house", "street", "landmark", "postal_code", "city", "state", "country")


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
