"""Reads of what is for sale."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from shop.catalog.models import Colour, Product, Size, Variant
from shop.extensions import db
from shop.stock.models import StockLevel


def for_sale(variant_ids: Iterable[int]) -> dict[int, int]:
    """Units for sale (on hand − reserved) of each of these variants; 0 where nothing was ever in stock."""
    wanted = sorted(set(variant_ids))
    units = (StockLevel.on_hand - StockLevel.reserved).label("units")
    found = db.session.execute(select(StockLevel.variant_id, units).where(StockLevel.variant_id.in_(wanted)))
    return dict.fromkeys(wanted, 0) | {row.variant_id: row.units for row in found}


def for_sale_of_products(product_ids: Iterable[int]) -> dict[int, int]:
    """Units for sale of each of these products, over all variants it is still sold in."""
    wanted = sorted(set(product_ids))
    free = func.sum(StockLevel.on_hand - StockLevel.reserved).label("units")
    summed = select(Variant.product_id, free).join(StockLevel, StockLevel.variant_id == Variant.id)
    summed = summed.where(Variant.product_id.in_(wanted), Variant.retired_at.is_(None)).group_by(Variant.product_id)
    return dict.fromkeys(wanted, 0) | {row.product_id: int(row.units) for row in db.session.execute(summed)}


def names_of(variant_ids: Iterable[int]) -> dict[int, str]:
    """Variants as a sentence calls them: "Breton tee, Indigo, M"."""
    columns = (Variant.id, Product.name, Colour.name, Size.label)
    named = select(*columns).select_from(Variant).join(Variant.product).join(Variant.colour).join(Variant.size)
    found = db.session.execute(named.where(Variant.id.in_(sorted(set(variant_ids)))))
    return {id: f"{product}, {colour}, {size}" for id, product, colour, size in found}
