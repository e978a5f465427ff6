"""Tax rates with the dates from which they hold."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import audited
from shop.lib.columns import Id, MoneyColumn
from shop.lib.money import Money
from shop.lib.stamp import shown


@shown
@audited()
class TaxRate(Model):
    """Rates of a tax class in basis points: `low_rate` up to a net price per piece of `threshold`, then `high_rate`."""

    __tablename__ = "tax_rate"
    __table_args__ = (UniqueConstraint("country", "tax_class", "starts_on"),)

    id: Mapped[Id]
    country: Mapped[str] = mapped_column(String(2))
    tax_class: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date]
    threshold: Mapped[Money | None] = mapped_column(MoneyColumn)
    low_rate: Mapped[int]
    high_rate: Mapped[int]
    source: Mapped[str] = mapped_column(String(200), default="")
