"""A product as its owner keeps it, on the shelf or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.money import Money
from shop.lib.queries import one_or_404
from shop.merchandising.owner_queries import variants_with_stock
from shop.merchandising.products.fields import ProductFields, fields_of, version_of
from shop.stock.models import StockLevel

SAME = ("id", "sku", "price", "sale_price", "weight_grams", "length_mm", "width_mm", "height_mm")


@dataclass(frozen=True)
class KeptVariant:
    """A colour and size, with the units for sale; `color` is its slug, name and swatch."""

    id: int
    sku: str
    size: str
    color: dict[str, str]
    price: Money
    sale_price: Money | None
    weight_grams: int
    length_mm: int
    width_mm: int
    height_mm: int
    quantity: int
    active: bool


@dataclass(frozen=True)
class KeptProduct:
    """A product's own values with its variants; they outlive their unit. `version` differs as soon as a value does."""

    id: int
    category: str
    fields: ProductFields
    version: str
    variants: list[KeptVariant]


def kept_product(product_id: int) -> KeptProduct:
    """A product that is not deleted. Raises NotFound."""
    there = select(Product).where(Product.id == product_id, Product.deleted_at.is_(None))
    product = one_or_404(there.options(joinedload(Product.category)))
    found = db.session.execute(variants_with_stock(product_id)).all()
    variants = [_kept(variant, level) for variant, level in found]
    said, path = fields_of(product), product.category.path
    return KeptProduct(product.id, path, said, version_of(product), variants)


def kept_variant(variant_id: int) -> KeptVariant:
    """A variant, sold or not. Raises NotFound."""
    both = select(Variant, StockLevel).outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    found = db.session.execute(both.where(Variant.id == variant_id)).one_or_none()
    if found is None:
        raise NotFound
    return _kept(*found)


def _kept(variant: Variant, level: StockLevel | None) -> KeptVariant:
    color = {"slug": variant.colour.slug, "name": variant.colour.name, "hex": variant.colour.hex}
    same: dict[str, Any] = {name: getattr(variant, name) for name in SAME}
    same |= {"size": variant.size.label, "quantity": level.for_sale if level else 0}
    return KeptVariant(color=color, active=variant.retired_at is None, **same)
