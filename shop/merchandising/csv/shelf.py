"""The products that a part of a file is about, as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.queries import rows
from shop.merchandising.csv.columns import SKU
from shop.merchandising.csv.grouping import Group


@dataclass(frozen=True)
class Shelf:
    """Products by slug with their variants, slugs of deleted ones, and whose each SKU is."""

    products: dict[str, Product]
    gone: set[str]
    owners: dict[str, str]


def shelf_of(groups: Sequence[Group], *, hold: bool) -> Shelf:
    """What these lines are about; with `hold` nobody else changes it until the unit ends."""
    slugs = sorted({group.slug for group in groups})
    skus = sorted({sku for group in groups for line in group.lines if (sku := line.cells.get(SKU))})
    if hold:
        wanted = select(Product.id).where(Product.slug.in_(slugs)).order_by(Product.id)
        db.session.execute(wanted.with_for_update())
    found = {product.slug: product for product in _products(slugs)}
    owned = select(Variant.sku, Product.slug).join(Variant.product).where(Variant.sku.in_(skus))
    owners = {row.sku: row.slug for row in db.session.execute(owned)}
    here = {slug: product for slug, product in found.items() if product.deleted_at is None}
    return Shelf(here, set(found) - set(here), owners)


def _products(slugs: Sequence[str]) -> list[Product]:
    named = (joinedload(Product.brand), joinedload(Product.category), joinedload(Product.product_type))
    variants = selectinload(Product.variants)
    sorts = (variants.joinedload(Variant.colour), variants.joinedload(Variant.size))
    wanted = select(Product).where(Product.slug.in_(slugs)).order_by(Product.id)
    return rows(wanted.options(*named, joinedload(Product.occasion), *sorts, selectinload(Product.pictures)))
