"""Ways to send an order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.delivery.zones import Zones
from shop.extensions import Model
from shop.lib.audit_log.marks import audited
from shop.lib.columns import Amount, Id, MoneyColumn, UtcDateTime
from shop.lib.money import Money
from shop.lib.stamp import shown


@shown
@audited()
class DeliveryMethod(Model):
    """A charge (base + per started kg beyond the first), free from an amount on, a range of days, and where it goes."""

    __tablename__ = "delivery_method"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(200), default="")
    base_charge: Mapped[Amount]
    charge_per_kg: Mapped[Amount]
    free_from: Mapped[Money | None] = mapped_column(MoneyColumn)
    min_days: Mapped[int]
    max_days: Mapped[int]
    states: Mapped[list[str]] = mapped_column(JSON, default=list)
    cities: Mapped[list[str]] = mapped_column(JSON, default=list)
    postal_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_active(self) -> bool:
        return self.retired_at is None

    @property
    def zones(self) -> Zones:
        return Zones(tuple(self.states), tuple(self.cities), tuple(self.postal_codes))
