"""What runs out."""

from __future__ import annotations

from sqlalchemy import Select, select

from shop.catalog.models import Colour, Product, Size, Variant
from shop.stock.models import StockLevel

FREE = StockLevel.on_hand - StockLevel.reserved


def low_stock() -> Select[int, str, str, str, int, int]:
    """Variants on the shelf at or below their reorder point, fewest first."""
    columns = (Product.id.label("product_id"), Product.name, Colour.name.label("colour"), Size.label.label("size"))
    low = (
        select(*columns, Variant.id.label("variant_id"), FREE.label("units"))
        .join(Variant, Variant.id == StockLevel.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Colour, Colour.id == Variant.colour_id)
        .join(Size, Size.id == Variant.size_id)
        .where(StockLevel.reorder_point >= FREE, Variant.retired_at.is_(None))
        .where(Product.published_at.is_not(None), Product.deleted_at.is_(None))
    )
    return low.order_by(FREE, Product.name, Variant.id)
