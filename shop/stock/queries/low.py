"""What runs low, as an alert tells it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.stock.models import StockLevel
from shop.stock.queries.desk import IS_LOW, StockFilter, stock


def low_of_alert(alert_id: int) -> Select[*tuple[Any, ...]]:
    """What an alert told of and is still low, fewest first."""
    return stock(StockFilter(views=("low",), sort="fewest")).where(StockLevel.alert_id == alert_id)


def low_count() -> int:
    """How many sizes on the shelf are at or below their reorder point."""
    low = select(func.count()).select_from(StockLevel).join(Variant, Variant.id == StockLevel.variant_id)
    low = low.join(Product, Product.id == Variant.product_id).where(IS_LOW, Variant.retired_at.is_(None))
    return db.session.scalar(low.where(Product.published_at.is_not(None), Product.deleted_at.is_(None))) or 0
