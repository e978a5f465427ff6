"""Payments (an order can have several), their append-only ledger, refunds, and the sandbox bank's own book."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Amount, CreatedAt, Id, Ref, UtcDateTime
from shop.orders.models import Order


@own_history("payment_entry tells of it")
class Payment(Model):
    """One tender of an order at one provider. `reference` is the provider's name for it."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("provider", "reference"),
        CheckConstraint("amount > 0", "amount_positive"),
        Index("uq_payment_open", "order_id", unique=True,
              postgresql_where=text("state = 'pending'"), sqlite_where=text("state = 'pending'")),
    )  # fmt: skip

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), index=True)
    method: Mapped[str] = mapped_column(String(20))
    provider: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(String(80))
    idempotency_key: Mapped[str] = mapped_column(String(80), unique=True)
    amount: Mapped[Amount]
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[str] = mapped_column(String(20))
    brand: Mapped[str | None] = mapped_column(String(20))
    last_four: Mapped[str | None] = mapped_column(String(4))
    upi_id: Mapped[str | None] = mapped_column(String(80))
    failure: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[CreatedAt]
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    order: Mapped[Order] = relationship()


@own_history("is a ledger")
class PaymentEntry(Model):
    """Money that moved: captured (+) or refunded (-). Append-only; balances are sums."""

    __tablename__ = "payment_entry"
    __table_args__ = (UniqueConstraint("payment_id", "kind", "reference"),)

    id: Mapped[Id]
    payment_id: Mapped[int] = mapped_column(Ref, ForeignKey("payment.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    amount: Mapped[Amount]
    reference: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[CreatedAt]


@own_history("payment_entry tells of it")
class Refund(Model):
    """Money owed back; pending until the provider says it is done. Pending ones count as spent."""

    __tablename__ = "refund"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    id: Mapped[Id]
    payment_id: Mapped[int] = mapped_column(Ref, ForeignKey("payment.id"), index=True)
    amount: Mapped[Amount]
    reason: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(10))
    reference: Mapped[str | None] = mapped_column(String(80))
    actor: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[CreatedAt]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    payment: Mapped[Payment] = relationship()


@own_history("belongs to the bank")
class SandboxIntent(Model):
    """The sandbox bank's own record of what it was asked to take; nothing else reads or writes it."""

    __tablename__ = "sandbox_intent"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(String(80), unique=True)
    amount: Mapped[Amount]
    currency: Mapped[str] = mapped_column(String(3))
    method: Mapped[str] = mapped_column(String(20))
    description: Mapped[str] = mapped_column(String(120))
    return_url: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(20))
    brand: Mapped[str | None] = mapped_column(String(20))
    last_four: Mapped[str | None] = mapped_column(String(4))
    upi_id: Mapped[str | None] = mapped_column(String(80))
    refunded: Mapped[Amount]
    created_at: Mapped[CreatedAt]


@own_history("belongs to the bank")
class SandboxRefund(Model):
    """A refund the sandbox bank made, once for each idempotency key."""

    __tablename__ = "sandbox_refund"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    intent_id: Mapped[str] = mapped_column(ForeignKey("sandbox_intent.id"), index=True)
    idempotency_key: Mapped[str] = mapped_column(String(80), unique=True)
    amount: Mapped[Amount]
    created_at: Mapped[CreatedAt]
