"""Carts and wishlists, each of a signed-in person or of a guest's session."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalog.models import Colour, Product, Variant
from shop.extensions import Model
from shop.lib.audit_log.marks import PERSONAL, SECRET, own_history
from shop.lib.columns import Amount, CreatedAt, Id, Ref, UtcDateTime

IN_BAG, FOR_LATER = text("saved_at IS NULL"), text("saved_at IS NOT NULL")


@own_history("what somebody thinks of buying")
class Cart(Model):
    """A bag; `coupon_code` is the coupon its buyer gave, as promotions keep codes."""

    __tablename__ = "cart"
    __table_args__ = (CheckConstraint("(user_id IS NULL) <> (session_id IS NULL)", "one_owner"),)

    id: Mapped[Id]
    user_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), unique=True)
    session_id: Mapped[str | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), unique=True)
    coupon_code: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[CreatedAt]

    lines: Mapped[list[CartLine]] = relationship(
        back_populates="cart", order_by="CartLine.id", cascade="all, delete-orphan", passive_deletes=True
    )


@own_history("what somebody thinks of buying")
class CartLine(Model):
    """Units of a variant someone means to buy; `unit_price_seen` is the price the buyer last saw (CRT-02).

    With `saved_at` they wait below the bag until later, and count for nothing.
    """

    __tablename__ = "cart_line"
    __table_args__ = (
        Index("uq_cart_line_bag", "cart_id", "variant_id", unique=True,
              postgresql_where=IN_BAG, sqlite_where=IN_BAG),
        Index("uq_cart_line_later", "cart_id", "variant_id", unique=True,
              postgresql_where=FOR_LATER, sqlite_where=FOR_LATER),
        CheckConstraint("quantity BETWEEN 1 AND 100", "quantity_range"),
    )  # fmt: skip

    id: Mapped[Id]
    cart_id: Mapped[int] = mapped_column(Ref, ForeignKey("cart.id", ondelete="CASCADE"), index=True)
    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id"), index=True)
    quantity: Mapped[int]
    unit_price_seen: Mapped[Amount]
    added_at: Mapped[CreatedAt]
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    cart: Mapped[Cart] = relationship(back_populates="lines")
    variant: Mapped[Variant] = relationship()


@own_history("what somebody thinks of buying")
class WishlistItem(Model):
    """A product someone likes, in the colour they saw."""

    __tablename__ = "wishlist_item"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (session_id IS NULL)", "one_owner"),
        Index("uq_wishlist_item_user", "user_id", "product_id", unique=True,
              postgresql_where=text("user_id IS NOT NULL"), sqlite_where=text("user_id IS NOT NULL")),
        Index("uq_wishlist_item_session", "session_id", "product_id", unique=True,
              postgresql_where=text("session_id IS NOT NULL"), sqlite_where=text("session_id IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[Id]
    user_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"))
    session_id: Mapped[str | None] = mapped_column(String(43), ForeignKey("session.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id", ondelete="CASCADE"), index=True)
    colour_id: Mapped[int | None] = mapped_column(ForeignKey("colour.id"))
    added_at: Mapped[CreatedAt]

    product: Mapped[Product] = relationship()
    colour: Mapped[Colour | None] = relationship()


@own_history("a link that its owner makes and takes back")
class WishlistShare(Model):
    """The link to somebody's wishlist: whoever has its token may read. `name` is what the owner chose to show."""

    __tablename__ = "wishlist_share"
    __table_args__ = (CheckConstraint("(user_id IS NULL) <> (session_id IS NULL)", "one_owner"),)

    id: Mapped[Id]
    user_id: Mapped[int | None] = mapped_column(Ref, ForeignKey("user_account.id", ondelete="CASCADE"), unique=True)
    session_id: Mapped[str | None] = mapped_column(
        String(43), ForeignKey("session.id", ondelete="CASCADE"), unique=True
    )
    token: Mapped[str] = mapped_column(String(43), unique=True, info=SECRET)
    name: Mapped[str] = mapped_column(String(40), info=PERSONAL)
    created_at: Mapped[CreatedAt]
