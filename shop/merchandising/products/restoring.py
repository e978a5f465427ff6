"""Lets a deleted product be there again."""

from __future__ import annotations

from sqlalchemy import select

from shop.catalog.models import Product
from shop.lib.queries import one_or_404
from shop.merchandising.products.fields import fields_of, values_of
from shop.merchandising.products.publishing import forget_past
from shop.merchandising.products.rules import hold_named
from shop.merchandising.services import list_again, lock


def restore_product(product_id: int) -> Product:
    """Put a deleted product back as it was, on the shelf or hidden. Raises WrongFields, NotFound.

    Bags and wishlists that lost it stay without it; what was to appear meanwhile stays hidden. Where its brand, say,
    was deleted too, that comes first.
    """
    deleted = select(Product).where(Product.id == product_id, Product.deleted_at.is_not(None))
    hold_named(values_of(fields_of(one_or_404(deleted))))
    product = lock(deleted)
    product.deleted_at = None
    forget_past(product)
    list_again(product)
    return product
