"""Parcels with carrier, tracking and hand-over code; their history; cash the courier brought back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.extensions import Model
from shop.fulfilment.states import ParcelState
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Amount, CreatedAt, EncryptedText, Id, Moment, Ref, UtcDateTime
from shop.lib.files.columns import PictureColumn
from shop.lib.files.kinds import HANDOVER_PHOTO, StoredPicture
from shop.lib.history import Move
from shop.orders.models import Order, OrderLine


@own_history("parcel_history tells of it")
class Parcel(Model):
    """What is sent together. `otp` is kept encrypted because the customer must be able to read it.

    `courier` names the courier it is booked with, under its tracking number; `rider_until` is when the rider's link
    ends, and no link without it. `refused_at` is when somebody at the door did not want it.
    """

    __tablename__ = "parcel"

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    courier: Mapped[str | None] = mapped_column(String(20))
    carrier: Mapped[str | None] = mapped_column(String(60))
    tracking_number: Mapped[str | None] = mapped_column(String(60), index=True)
    otp: Mapped[str | None] = mapped_column(EncryptedText)
    otp_failures: Mapped[int] = mapped_column(default=0)
    rider_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    photo: Mapped[StoredPicture | None] = mapped_column(PictureColumn(HANDOVER_PHOTO))
    created_at: Mapped[CreatedAt]
    shipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    order: Mapped[Order] = relationship()
    lines: Mapped[list[ParcelLine]] = relationship()
    history: Mapped[list[ParcelHistory]] = relationship(order_by="ParcelHistory.id")

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def is_booked(self) -> bool:
        """Whether a courier is to fetch it, and has not yet."""
        return self.courier is not None and self.state == ParcelState.PACKED


@own_history("written once, never changed")
class ParcelLine(Model):
    __tablename__ = "parcel_line"

    parcel_id: Mapped[int] = mapped_column(Ref, ForeignKey("parcel.id"), primary_key=True)
    order_line_id: Mapped[int] = mapped_column(Ref, ForeignKey("order_line.id"), primary_key=True)
    quantity: Mapped[int]

    order_line: Mapped[OrderLine] = relationship()


@own_history("is a history")
class ParcelHistory(Move, Model):
    """One move of a parcel."""

    __tablename__ = "parcel_history"

    parcel_id: Mapped[int] = mapped_column(Ref, ForeignKey("parcel.id"), index=True)


@own_history("is a ledger")
class CashCollection(Model):
    """Cash on delivery that reached the shop; one for each parcel."""

    __tablename__ = "cash_collection"

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), index=True)
    parcel_id: Mapped[int] = mapped_column(Ref, ForeignKey("parcel.id"), unique=True)
    amount: Mapped[Amount]
    actor: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[CreatedAt]


@own_history("is a ledger")
class CourierEvent(Model):
    """What a courier said of a shipment, once for each of its events, in whatever order they arrived.

    `happened_at` is the courier's own clock; what is older than something already followed changes nothing any more.
    """

    __tablename__ = "courier_event"
    __table_args__ = (UniqueConstraint("courier", "event_id"),)

    id: Mapped[Id]
    courier: Mapped[str] = mapped_column(String(20))
    event_id: Mapped[str] = mapped_column(String(80))
    tracking_number: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(String(300))
    happened_at: Mapped[Moment]
    received_at: Mapped[CreatedAt]
    outcome: Mapped[str] = mapped_column(String(20))


@own_history("belongs to the courier")
class SandboxShipment(Model):
    """The sandbox courier's own book of what it was asked to fetch; nothing else reads or writes it."""

    __tablename__ = "sandbox_shipment"

    tracking_number: Mapped[str] = mapped_column(String(40), primary_key=True)
    reference: Mapped[str] = mapped_column(String(40), index=True)
    to_collect: Mapped[Amount]
    pieces: Mapped[int]
    grams: Mapped[int]
    said: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[CreatedAt]
