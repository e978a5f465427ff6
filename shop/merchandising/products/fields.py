"""What the owner says of a product, beside its variants and pictures."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from shop.catalog.models import Product
from shop.lib.money import Money

SLUG = "slug"
SHELF = ("is_published", "publish_at")
FACTS = {"is_published": "published_at", "is_featured": "featured_at"}
"""What is kept as the moment since when it is so."""


@dataclass(frozen=True, kw_only=True)
class ProductFields:
    """What the owner may change about a product; without a slug it keeps its own, a new one gets one from its name."""

    name: str
    slug: str = ""
    brand_id: int
    category_id: int
    product_type_id: int
    mrp: Money
    hsn: str
    description: str = ""
    occasion_id: int | None = None
    specifications: dict[str, str] = field(default_factory=dict)
    tax_class: str = "apparel"
    country_of_origin: str = "India"
    maker: str = ""
    net_quantity: str = "1 N"
    is_published: bool = False
    publish_at: datetime | None = None
    is_featured: bool = False


COLUMNS = tuple(one.name for one in fields(ProductFields) if one.name not in FACTS)


def fields_of(product: Product) -> ProductFields:
    """A product's editable values as they are now."""
    values = {name: getattr(product, name) for name in COLUMNS}
    facts = {fact: getattr(product, column) is not None for fact, column in FACTS.items()}
    return ProductFields(**values | facts)


def values_of(said: ProductFields) -> dict[str, Any]:
    """Every value by its name."""
    return {one.name: getattr(said, one.name) for one in fields(said)}


def version_of(product: Product) -> str:
    """A short mark of a product's editable values; it differs as soon as one of them does."""
    return hashlib.sha256(repr(asdict(fields_of(product))).encode()).hexdigest()[:16]
