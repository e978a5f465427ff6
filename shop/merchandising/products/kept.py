"""A product as its owner keeps it, on the shelf or not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.money import Money
from shop.lib.queries import one_or_404
from shop.merchandising.owner_queries import variants_with_stock
from shop.merchandising.products.fields import ProductFields, fields_of, version_of
from shop.stock.models import StockLevel


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
    quantity: int


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


def _kept(variant: Variant, level: StockLevel | None) -> KeptVariant:
    color = {"slug": variant.colour.slug, "name": variant.colour.name, "hex": variant.colour.hex}
    same = {name: getattr(variant, name) for name in ("id", "sku", "price", "sale_price", "weight_grams")}
    return KeptVariant(size=variant.size.label, color=color, quantity=level.for_sale if level else 0, **same)
