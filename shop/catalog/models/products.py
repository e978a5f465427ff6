"""Products, their variants and pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalog.models.lookups import Brand, Category, Colour, Occasion, ProductType, Size
from shop.extensions import Model
from shop.lib.audit_log.marks import LEFT_OUT, audited
from shop.lib.columns import Amount, CreatedAt, Id, MoneyColumn, Ref, UtcDateTime
from shop.lib.files.columns import StemColumn
from shop.lib.files.kinds import PRODUCT_PICTURE
from shop.lib.money import Money
from shop.lib.stamp import shown

LONGEST_ALT = 200


@shown
@audited()
class Product(Model):
    """A style sold in several variants; on the shelf while `published_at` is set and `deleted_at` is not.

    `publish_at` is when a hidden one comes on the shelf; what stands there has none.
    """

    __tablename__ = "product"
    __table_args__ = (
        Index("ix_product_publish_at", "publish_at",
              postgresql_where=text("publish_at IS NOT NULL"), sqlite_where=text("publish_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(Text, default="")
    brand_id: Mapped[int] = mapped_column(ForeignKey("brand.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    occasion_id: Mapped[int | None] = mapped_column(ForeignKey("occasion.id"), index=True)
    product_type_id: Mapped[int] = mapped_column(ForeignKey("product_type.id"), index=True)
    specifications: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    tax_class: Mapped[str] = mapped_column(String(20), default="apparel")
    hsn: Mapped[str] = mapped_column(String(8))
    mrp: Mapped[Amount]
    country_of_origin: Mapped[str] = mapped_column(String(60), default="India")
    maker: Mapped[str] = mapped_column(String(240), default="")
    net_quantity: Mapped[str] = mapped_column(String(40), default="1 N")
    created_at: Mapped[CreatedAt]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    featured_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    brand: Mapped[Brand] = relationship()
    category: Mapped[Category] = relationship()
    occasion: Mapped[Occasion | None] = relationship()
    product_type: Mapped[ProductType] = relationship()
    variants: Mapped[list[Variant]] = relationship(back_populates="product", order_by="Variant.id")
    pictures: Mapped[list[Picture]] = relationship(
        back_populates="product",
        primaryjoin="and_(Product.id == Picture.product_id, Picture.deleted_at.is_(None))",
        order_by="Picture.position, Picture.id",
    )

    @property
    def is_on_shelf(self) -> bool:
        return self.published_at is not None and self.deleted_at is None


@shown
@audited()
class Variant(Model):
    """One colour and size of a product, with its own price. `sale_price` is below `price` or absent.

    Weight and measures are those of what is packed; 0 where nobody said them.
    """

    __tablename__ = "variant"
    __table_args__ = (
        UniqueConstraint("product_id", "colour_id", "size_id"),
        CheckConstraint("price > 0", "price_positive"),
        CheckConstraint("sale_price IS NULL OR (sale_price > 0 AND sale_price < price)", "sale_below_price"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id"), index=True)
    sku: Mapped[str] = mapped_column(String(60), unique=True)
    colour_id: Mapped[int] = mapped_column(ForeignKey("colour.id"), index=True)
    size_id: Mapped[int] = mapped_column(ForeignKey("size.id"), index=True)
    price: Mapped[Amount]
    sale_price: Mapped[Money | None] = mapped_column(MoneyColumn)
    weight_grams: Mapped[int] = mapped_column(default=0)
    length_mm: Mapped[int] = mapped_column(default=0, server_default="0")
    width_mm: Mapped[int] = mapped_column(default=0, server_default="0")
    height_mm: Mapped[int] = mapped_column(default=0, server_default="0")
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    product: Mapped[Product] = relationship(back_populates="variants")
    colour: Mapped[Colour] = relationship()
    size: Mapped[Size] = relationship()

    @property
    def current_price(self) -> Money:
        """What one unit costs now."""
        return self.sale_price or self.price

    @property
    def was(self) -> Money | None:
        """The regular price, while a sale price is in force."""
        return self.price if self.sale_price else None


@shown
@audited()
class Picture(Model):
    """A picture of a product, of one colour or of all; `stem` and `widths` say where its files are (catalog/pictures).

    A deleted one is shown nowhere; it can be put back until its files go with it. One that came in by its name is known
    again by `file_name`, without its ending, and any that was uploaded by the `digest` of what was drawn.
    """

    __tablename__ = "picture"

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(Ref, ForeignKey("product.id"), index=True)
    colour_id: Mapped[int | None] = mapped_column(ForeignKey("colour.id"))
    position: Mapped[int]
    stem: Mapped[str] = mapped_column(StemColumn(PRODUCT_PICTURE))
    widths: Mapped[list[int]] = mapped_column(JSON, info=LEFT_OUT)
    has_avif: Mapped[bool] = mapped_column(default=False, server_default=false(), info=LEFT_OUT)
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(String(LONGEST_ALT))
    digest: Mapped[str | None] = mapped_column(String(64), info=LEFT_OUT)
    file_name: Mapped[str | None] = mapped_column(String(120))
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    product: Mapped[Product] = relationship(back_populates="pictures")
    colour: Mapped[Colour | None] = relationship()
