"""Orders as they were agreed: lines, prices and address are snapshots that no later edit changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.delivery.cash import CASH_ON_DELIVERY
from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Amount, CreatedAt, Id, JsonDict, Ref, UtcDateTime
from shop.lib.history import Move
from shop.lib.money import ZERO, Money
from shop.orders.states import NOTES_TOLD, OrderState, PaymentStanding
from shop.pricing.trace import Discount, Step, discounts, steps_of


@own_history("order_history tells of it")
class Order(Model):
    """What a buyer and the shop agreed. `token` opens it without an account.

    `phone_proven` says that its buyer typed a code sent to its phone; `placed_from` is where a guest came from.
    `total` is lines + delivery + the way to pay + tax on top - discount. `lines_total` is what the lines come to before
    any discount; `delivery_tax` is the tax within, or on top of, delivery and the fee of the way to pay. `refunded`
    is what went back of the total.
    """

    __tablename__ = "shop_order"
    __table_args__ = (
        CheckConstraint(
            "total = lines_total + delivery_charge + payment_fee + tax_added - discount AND total >= 0", "total_adds_up"
        ),
        Index("ix_shop_order_state_placed", "state", "placed_at"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(40), unique=True)
    token: Mapped[str] = mapped_column(String(43), unique=True)
    user_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("user_account.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    phone: Mapped[str] = mapped_column(String(20), index=True)
    phone_proven: Mapped[bool] = mapped_column(default=False, server_default=false())
    placed_from: Mapped[str | None] = mapped_column(String(45), index=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[JsonDict]
    state: Mapped[str] = mapped_column(String(20))
    payment_standing: Mapped[str] = mapped_column(String(20))
    payment_method: Mapped[str] = mapped_column(String(20))
    prepaid: Mapped[Amount] = mapped_column(default=ZERO, server_default="0")
    currency: Mapped[str] = mapped_column(String(3))
    lines_total: Mapped[Amount]
    discount: Mapped[Amount]
    delivery_charge: Mapped[Amount]
    payment_fee: Mapped[Amount] = mapped_column(default=ZERO, server_default="0")
    delivery_tax: Mapped[Amount] = mapped_column(default=ZERO, server_default="0")
    tax_added: Mapped[Amount]
    tax_contained: Mapped[Amount]
    total: Mapped[Amount]
    refunded: Mapped[Amount] = mapped_column(default=ZERO, server_default="0")
    pricing_trace: Mapped[list[Any]] = mapped_column(JSON)
    delivery_method_id: Mapped[int] = mapped_column(ForeignKey("delivery_method.id"))
    delivery_method: Mapped[str] = mapped_column(String(80))
    arrives_from: Mapped[date]
    arrives_to: Mapped[date]
    note: Mapped[str] = mapped_column(String(500), default="")
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    unpaid_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    lines: Mapped[list[OrderLine]] = relationship(
        back_populates="order",
        order_by="OrderLine.position",
        primaryjoin="and_(Order.id == OrderLine.order_id, OrderLine.quantity > 0)",
    )
    history: Mapped[list[OrderHistory]] = relationship(order_by="OrderHistory.id")

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def reached(self) -> str:
        """The buyer's e-mail address, or the phone of one who gave none."""
        return self.email or self.phone

    @property
    def spend(self) -> Money:
        """What of it the buyer spent in the end, as long as it is sold."""
        return self.total - self.refunded

    @property
    def tax(self) -> Money:
        """All tax in the total."""
        return self.tax_contained + self.tax_added

    @property
    def steps(self) -> tuple[Step, ...]:
        """Why the price is what it is."""
        return steps_of(self.pricing_trace)

    @property
    def discounts(self) -> tuple[Discount, ...]:
        """What made its goods cheaper, by name."""
        return discounts(self.steps)

    @property
    def is_cash(self) -> bool:
        """Whether the courier is paid, all of it or what no other tender brought in."""
        return self.payment_method == CASH_ON_DELIVERY

    @property
    def is_paid_before(self) -> bool:
        """Whether it, or a part of it, is paid before the shop takes it on."""
        return not self.is_cash or bool(self.prepaid)

    @property
    def waits_for_payment(self) -> bool:
        """Whether it, or a part of it, is still to be paid at a bank, or the rest of what it costs by now."""
        is_open = self.payment_standing in {PaymentStanding.PENDING, PaymentStanding.FAILED}
        is_due = self.is_paid_before if self.state == OrderState.PLACED else not self.is_cash
        return self.state in {OrderState.PLACED, OrderState.CONFIRMED} and is_due and is_open

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing: discounts took off all of it, so no way to pay was asked for."""
        return not self.total

    @property
    def moves(self) -> list[OrderHistory]:
        """The history without the notes that move nothing."""
        return [entry for entry in self.history if entry.from_state != entry.to_state]


@own_history("order_edit tells of it")
class OrderLine(Model):
    """Units of one variant, as sold: name, picture, price and tax of that moment.

    `total` is after its discount; where tax comes on top, `tax_added` is to be paid besides. One that was taken out
    of its order has no units and is none of its lines any more; papers of before still name it.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        CheckConstraint("quantity >= 0", "quantity_not_negative"),
        CheckConstraint("total = unit_price * quantity - discount", "total_adds_up"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), index=True)
    position: Mapped[int]
    product_id: Mapped[int] = mapped_column(Ref, index=True)
    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id"), index=True)
    sku: Mapped[str] = mapped_column(String(60))
    slug: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(160))
    brand: Mapped[str] = mapped_column(String(80))
    colour: Mapped[str] = mapped_column(String(40))
    size: Mapped[str] = mapped_column(String(20))
    picture: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    hsn: Mapped[str] = mapped_column(String(8))
    quantity: Mapped[int]
    unit_price: Mapped[Amount]
    regular_price: Mapped[Amount]
    discount: Mapped[Amount]
    total: Mapped[Amount]
    tax_rate: Mapped[int]
    tax_contained: Mapped[Amount]
    tax_added: Mapped[Amount] = mapped_column(default=ZERO, server_default="0")
    weight_grams: Mapped[int] = mapped_column(default=0)

    order: Mapped[Order] = relationship(back_populates="lines")

    @property
    def variant(self) -> str:
        """Rust, M."""
        return f"{self.colour}, {self.size}"


@own_history("is a history")
class OrderHistory(Move, Model):
    """One move of an order, or a note on it."""

    __tablename__ = "order_history"

    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), index=True)

    @property
    def told(self) -> str:
        """What the buyer may read of the note."""
        return self.note if self.to_state in NOTES_TOLD else ""


@own_history("written once, never changed")
class OrderEdit(Model):
    """What the shop changed of an order's lines before it was packed; `changes` are of each variant that differs."""

    __tablename__ = "order_edit"

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(Ref, ForeignKey("shop_order.id"), index=True)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    total_before: Mapped[Amount]
    total_after: Mapped[Amount]
    created_at: Mapped[CreatedAt]


@own_history("a counter")
class OrderCounter(Model):
    """The last number given in a year; its row lock orders the buyers of one moment."""

    __tablename__ = "order_counter"

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
