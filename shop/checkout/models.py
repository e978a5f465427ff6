"""What a buyer has filled in so far, and whom the owner lets pay the courier."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import PERSONAL, audited, own_history
from shop.lib.columns import CreatedAt, JsonDict, MoneyColumn, Ref
from shop.lib.money import Money


@audited(person="user_id")
class CashOverride(Model):
    """What the owner decided for a customer, whatever their points: whether they may pay the courier."""

    __tablename__ = "cash_override"

    user_id: Mapped[int] = mapped_column(Ref, ForeignKey("user_account.id"), primary_key=True)
    answer: Mapped[str] = mapped_column(String(20), info=PERSONAL)
    created_at: Mapped[CreatedAt]


@own_history("half an order, gone when it is placed")
class CheckoutDraft(Model):
    """The answers of the checkout steps of one cart; gone when the order is placed.

    `credit` is how much store credit pays at the most, `part_method` how the part is paid that cash may need before.
    `proven_phone` is the one that a code was typed for; it proves no other.
    """

    __tablename__ = "checkout_draft"

    cart_id: Mapped[int] = mapped_column(Ref, ForeignKey("cart.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    proven_phone: Mapped[str | None] = mapped_column(String(20))
    address: Mapped[JsonDict | None]
    delivery_method_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_method.id"))
    payment_method: Mapped[str | None] = mapped_column(String(20))
    part_method: Mapped[str | None] = mapped_column(String(20))
    credit: Mapped[Money | None] = mapped_column(MoneyColumn)
    created_at: Mapped[CreatedAt]
