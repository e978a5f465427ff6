"""Payments (an order can have several), their append-only ledger, refunds, and the sandbox bank's own book."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Amount, CreatedAt, EncryptedText, Id, Ref, UtcDateTime
from shop.lib.money import ZERO, Money
from shop.orders.models import Order, OrderLine
from shop.payments.states import RefundState, RefundWay


@own_history("payment_entry tells of it")
class Payment(Model):
    """One tender of an order at one provider. `reference` is the provider's name for it.

    Of a card stay brand, last four digits, `expires` as MM/YYYY, the holder's name and the provider's `token`.
    """

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
    holder: Mapped[str | None] = mapped_column(String(80))
    expires: Mapped[str | None] = mapped_column(String(7))
    token: Mapped[str | None] = mapped_column(EncryptedText)
    upi_id: Mapped[str | None] = mapped_column(String(80))
    failure: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[CreatedAt]
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    order: Mapped[Order] = relationship()

    @property
    def terms(self) -> tuple[Money, str, str]:
        """What a provider is asked to take, and under which key: what it says must be the same."""
        return self.amount, self.currency, self.idempotency_key


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
    """Money owed back; pending until it is there. Pending ones count as spent, failed ones do not.

    `delivery` is the part of the amount that was not paid for lines, `excess` the part that the order does not cost any
    more since its lines changed: it was paid for nothing that is left. `payee` is the account a payout goes to, kept
    until it is paid; `payee_shown` is what of it may be seen, and stays. `attempt` counts how often it was tried.
    """

    __tablename__ = "refund"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    id: Mapped[Id]
    payment_id: Mapped[int] = mapped_column(Ref, ForeignKey("payment.id"), index=True)
    amount: Mapped[Amount]
    delivery: Mapped[Amount] = mapped_column(default=ZERO, server_default="0")
    excess: Mapped[Amount] = mapped_column(default=ZERO, server_default="0")
    reason: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(10))
    way: Mapped[str] = mapped_column(String(10), default=RefundWay.ORIGINAL, server_default="original")
    payee: Mapped[str | None] = mapped_column(EncryptedText)
    payee_shown: Mapped[str | None] = mapped_column(String(80))
    reference: Mapped[str | None] = mapped_column(String(80))
    failure: Mapped[str | None] = mapped_column(String(200))
    attempt: Mapped[int] = mapped_column(default=1, server_default="1")
    actor: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[CreatedAt]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    payment: Mapped[Payment] = relationship()
    lines: Mapped[list[RefundLine]] = relationship(order_by="RefundLine.order_line_id")

    @property
    def key(self) -> str:
        """What the provider knows this try by: one it refused is tried again under a new name."""
        return f"refund-{self.id}" if self.attempt == 1 else f"refund-{self.id}-{self.attempt}"

    @property
    def waits_for_payee(self) -> bool:
        """Whether the buyer still has to say where the money goes."""
        return self.state == RefundState.PENDING and self.way == RefundWay.PAYOUT and self.payee is None


@own_history("payment_entry tells of it")
class RefundLine(Model):
    """What a refund gives back of one order line. No unit: money off, while the buyer keeps the goods."""

    __tablename__ = "refund_line"
    __table_args__ = (
        UniqueConstraint("refund_id", "order_line_id"),
        CheckConstraint("units >= 0 AND amount >= 0 AND units + amount > 0", "something"),
    )

    id: Mapped[Id]
    refund_id: Mapped[int] = mapped_column(Ref, ForeignKey("refund.id"), index=True)
    order_line_id: Mapped[int] = mapped_column(Ref, ForeignKey("order_line.id"), index=True)
    units: Mapped[int]
    amount: Mapped[Amount]

    order_line: Mapped[OrderLine] = relationship()


@own_history("is a log")
class WebhookEvent(Model):
    """A provider's message, once for each of its ids. What it says of money is not kept: the provider is asked."""

    __tablename__ = "webhook_event"
    __table_args__ = (UniqueConstraint("provider", "event_id"),)

    id: Mapped[Id]
    provider: Mapped[str] = mapped_column(String(20))
    event_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(80))
    reference: Mapped[str | None] = mapped_column(String(80), index=True)
    payment_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("payment.id"))
    state: Mapped[str] = mapped_column(String(10), index=True)
    note: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[CreatedAt]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    payment: Mapped[Payment | None] = relationship()


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
    holder: Mapped[str | None] = mapped_column(String(80))
    expires: Mapped[str | None] = mapped_column(String(7))
    token: Mapped[str | None] = mapped_column(EncryptedText)
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
