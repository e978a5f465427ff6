"""Parcels with carrier, tracking and hand-over code; cash the courier brought back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Amount, CreatedAt, EncryptedText, Id, Ref, UtcDateTime
from shop.orders.models import Order, OrderLine


@own_history("the order's history tells of it")
class Parcel(Model):
    """What is sent together. `otp` is kept encrypted because the customer must be able to read it."""

    __tablename__ = "parcel"

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    carrier: Mapped[str | None] = mapped_column(String(60))
    tracking_number: Mapped[str | None] = mapped_column(String(60))
    otp: Mapped[str | None] = mapped_column(EncryptedText)
    otp_failures: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]
    shipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    order: Mapped[Order] = relationship()
    lines: Mapped[list[ParcelLine]] = relationship()


@own_history("written once, never changed")
class ParcelLine(Model):
    __tablename__ = "parcel_line"

    parcel_id: Mapped[int] = mapped_column(Ref, ForeignKey("parcel.id"), primary_key=True)
    order_line_id: Mapped[int] = mapped_column(Ref, ForeignKey("order_line.id"), primary_key=True)
    quantity: Mapped[int]

    order_line: Mapped[OrderLine] = relationship()


@own_history("is a ledger")
class CashCollection(Model):
    """Cash on delivery that reached the shop; one for each order."""

    __tablename__ = "cash_collection"

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), unique=True)
    amount: Mapped[Amount]
    actor: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[CreatedAt]
