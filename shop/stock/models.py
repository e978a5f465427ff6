"""How many there are, who holds them, and every change."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, Id, Ref, UtcDateTime


class LedgerReason(StrEnum):
    OPENING = "opening"
    ORDER = "order"
    CANCEL = "cancel"
    RETURN = "return"
    RESTOCK = "restock"
    DAMAGE = "damage"
    MANUAL = "manual"


BY_HAND = (LedgerReason.RESTOCK, LedgerReason.RETURN, LedgerReason.DAMAGE, LedgerReason.MANUAL)
"""Reasons a person may give; the others come with orders and new variants."""


LOW = text("reorder_point >= on_hand - reserved")


@own_history("written once")
class StockAlert(Model):
    """One mail that told the owner what runs low."""

    __tablename__ = "stock_alert"

    id: Mapped[Id]
    created_at: Mapped[CreatedAt]


@own_history("stock_ledger tells of it")
class StockLevel(Model):
    """Units of a variant: on hand, of which reserved; never negative, never more reserved than on hand.

    `alert_id` is the alert that told of it; without one the next alert does once it is low.
    """

    __tablename__ = "stock_level"
    __table_args__ = (
        CheckConstraint("on_hand >= 0", "on_hand_positive"),
        CheckConstraint("reserved >= 0 AND reserved <= on_hand", "reserved_within"),
        Index("ix_stock_level_low", "variant_id", postgresql_where=LOW, sqlite_where=LOW),
    )

    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id"), primary_key=True)
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    reorder_point: Mapped[int] = mapped_column(default=5)
    restocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    alert_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("stock_alert.id"), index=True)

    @property
    def for_sale(self) -> int:
        return self.on_hand - self.reserved


@own_history("says itself when it began and ended")
class Hold(Model):
    """Units kept for an order until they are shipped or given back; `order_id` is an opaque reference."""

    __tablename__ = "stock_hold"
    __table_args__ = (
        Index("uq_stock_hold_live", "order_id", "variant_id", unique=True,
              postgresql_where=text("ended_at IS NULL"), sqlite_where=text("ended_at IS NULL")),
        CheckConstraint("units > 0", "units_positive"),
    )  # fmt: skip

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(Ref)
    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id"), index=True)
    units: Mapped[int]
    created_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))


@own_history("is a ledger")
class LedgerEntry(Model):
    """One change of units on hand; append-only. The sum of a variant's entries is what is on hand.

    An entry of no units tells of a new reorder point. `undoes` is the entry that a counter-entry takes back.
    """

    __tablename__ = "stock_ledger"

    id: Mapped[Id]
    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id"), index=True)
    units: Mapped[int]
    reason: Mapped[str] = mapped_column(String(10))
    order_id: Mapped[int | None] = mapped_column(Ref)
    actor: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(String(300), default="")
    undoes: Mapped[int | None] = mapped_column(Ref, ForeignKey("stock_ledger.id"), unique=True)
    created_at: Mapped[CreatedAt]

    @property
    def is_by_hand(self) -> bool:
        """Whether a person corrected stock by it: no order moved it, and it takes nothing back itself."""
        return self.reason in BY_HAND and self.units != 0 and self.order_id is None and self.undoes is None


@own_history("says itself who counted and when")
class StockTake(Model):
    """What somebody counted on the shelves, looked at before it is applied in one go.

    `problems` are rows of the file that mean nothing: {"row", "sku", "wrong"}.
    """

    __tablename__ = "stock_take"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80))
    actor: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[CreatedAt]
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


@own_history("says itself who counted and when")
class StockTakeLine(Model):
    """One variant that was counted, with what the books said at that moment.

    `corrected` is the sum of its ledger without what orders moved: while it stays the same, whatever else changed was
    sold or came back. `refused` says why the line was not applied.
    """

    __tablename__ = "stock_take_line"

    take_id: Mapped[int] = mapped_column(Ref, ForeignKey("stock_take.id", ondelete="CASCADE"), primary_key=True)
    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id", ondelete="CASCADE"), primary_key=True)
    counted: Mapped[int]
    seen: Mapped[int]
    corrected: Mapped[int]
    refused: Mapped[str | None] = mapped_column(String(120))


WAITS: dict[str, Any] = {"postgresql_where": text("told_at IS NULL"), "sqlite_where": text("told_at IS NULL")}


@own_history("says itself when it was asked for and answered")
class BackInStock(Model):
    """Somebody who wants to hear once that a size is there again: an account, or a guest's address.

    With `told_at` it is answered; it is kept a while, so that the mail's link can still stop others.
    """

    __tablename__ = "back_in_stock"
    __table_args__ = (
        Index("uq_back_in_stock_user", "user_id", "variant_id", unique=True, **WAITS),
        Index("uq_back_in_stock_email", "email", "variant_id", unique=True, **WAITS),
        Index("ix_back_in_stock_waits", "variant_id", **WAITS),
        CheckConstraint("(user_id IS NULL) <> (email IS NULL)", "one_person"),
    )

    id: Mapped[Id]
    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("user_account.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    created_at: Mapped[CreatedAt]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
