"""Takes what is not sold any more out of everybody's bags and wishlists."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from shop.cart.models import CartLine, WishlistItem
from shop.catalog.models import Variant
from shop.lib.changes import rows_changed


def drop_products(product_ids: Sequence[int]) -> tuple[int, int]:
    """Take products out of all bags and off all wishlists; how many lines and wishes went."""
    variants = select(Variant.id).where(Variant.product_id.in_(product_ids))
    lines = rows_changed(delete(CartLine).where(CartLine.variant_id.in_(variants)))
    return lines, rows_changed(delete(WishlistItem).where(WishlistItem.product_id.in_(product_ids)))
