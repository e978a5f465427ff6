"""What a buyer has filled in so far."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import CreatedAt, JsonDict, MoneyColumn, Ref
from shop.lib.money import Money


@own_history("half an order, gone when it is placed")
class CheckoutDraft(Model):
    """The answers of the checkout steps of one cart; gone when the order is placed.

    `credit` is how much store credit pays at the most.
    """

    __tablename__ = "checkout_draft"

    cart_id: Mapped[int] = mapped_column(Ref, ForeignKey("cart.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    address: Mapped[JsonDict | None]
    delivery_method_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_method.id"))
    payment_method: Mapped[str | None] = mapped_column(String(20))
    credit: Mapped[Money | None] = mapped_column(MoneyColumn)
    created_at: Mapped[CreatedAt]
