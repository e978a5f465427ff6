"""The flat tables the listing and its facets read, written in the transaction that changes what they show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text, true
from sqlalchemy.orm import Mapped, mapped_column

from shop.extensions import Model
from shop.lib.audit_log.marks import own_history
from shop.lib.columns import Amount, Moment, MoneyColumn, Ref, UtcDateTime
from shop.lib.money import Money
from shop.lib.stamp import shown


@shown
@own_history("written anew from products")
class ListingRow(Model):
    """One product as a card shows it. A product that is not on the shelf has none.

    `colours` are {"slug", "name", "hex"}; `pictures` {"stem", "widths", "alt", "colour"}: the first two of each
    colour (its slug), and of those that belong to all (None). Without `has_core_sizes` it is a broken size run.
    """

    __tablename__ = "listing_row"
    __table_args__ = (
        Index("ix_listing_row_path_new", "category_path", "published_at"),
        # One for each order of the listing, read backwards, so that its first page is found without sorting the rest.
        Index("ix_listing_row_recommended", "in_stock", "has_core_sizes", "units_sold", "published_at", "product_id"),
        Index("ix_listing_row_new", "published_at", "product_id"),
        Index("ix_listing_row_price", "price", "published_at", "product_id"),
        Index("ix_listing_row_popular", "units_sold", "published_at", "product_id"),
        Index("ix_listing_row_name", text("lower(name)"), "product_id"),
        Index("ix_listing_row_discount", "discount_percent", "published_at", "product_id"),
        Index("ix_listing_row_featured", "featured_at",
              postgresql_where=text("featured_at IS NOT NULL"), sqlite_where=text("featured_at IS NOT NULL")),
    )  # fmt: skip

    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(160))
    brand_id: Mapped[int] = mapped_column(index=True)
    brand: Mapped[str] = mapped_column(String(80))
    category_path: Mapped[str] = mapped_column(String(300))
    product_type_id: Mapped[int] = mapped_column(Ref, index=True)
    occasion_id: Mapped[int | None] = mapped_column(Ref, index=True)
    price: Mapped[Amount]
    was: Mapped[Money | None] = mapped_column(MoneyColumn)
    discount_percent: Mapped[int] = mapped_column(default=0)
    in_stock: Mapped[bool]
    has_core_sizes: Mapped[bool] = mapped_column(default=True, server_default=true())
    published_at: Mapped[Moment]
    featured_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    units_sold: Mapped[int] = mapped_column(default=0)
    colours: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    pictures: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


@shown
@own_history("written anew from variants")
class ListingOffer(Model):
    """One variant as filters find it: size means "in stock in this size", with a colour the same variant."""

    __tablename__ = "listing_offer"
    __table_args__ = (
        Index("ix_listing_offer_size", "size_id", "in_stock", "product_id"),
        Index("ix_listing_offer_colour", "colour_id", "product_id"),
    )

    variant_id: Mapped[int] = mapped_column(Ref, ForeignKey("variant.id", ondelete="CASCADE"), primary_key=True)
    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id", ondelete="CASCADE"), index=True)
    colour_id: Mapped[int]
    size_id: Mapped[int]
    price: Mapped[Amount]
    in_stock: Mapped[bool]


@shown
@own_history("written anew from offers")
class ListingAssortment(Model):
    """One product as the facets count it; `offers` is the text of `catalog/assortments.py`, `traits` that of
    `catalog/traits.py`.

    A table of its own, because a count reads all rows of a part of the shop: these are narrow.
    """

    __tablename__ = "listing_assortment"

    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    category_path: Mapped[str] = mapped_column(String(300))
    traits: Mapped[str] = mapped_column(Text)
    offers: Mapped[str] = mapped_column(Text)
