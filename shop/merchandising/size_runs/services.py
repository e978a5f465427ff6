"""Marks down what is left of a style, in one save that is undone as a whole."""

from __future__ import annotations

from shop.catalog.models import Product, Variant
from shop.lib.errors import ShopError
from shop.merchandising.sales.prices import marked_down
from shop.merchandising.services import list_again, lock_product
from shop.stock.queries import for_sale


class NothingToMarkDown(ShopError):
    """Nothing is left that costs more than this."""

    status = 409
    field = "percent"

    def __init__(self) -> None:
        super().__init__("Nothing that is left of it costs more than that.")


def mark_down(product_id: int, percent: int) -> Product:
    """Put everything that is left of a style on sale, so many percent below its price; a lower sale price stays.

    Raises NotFound, NothingToMarkDown.
    """
    product = lock_product(product_id)
    sold = [variant for variant in product.variants if variant.retired_at is None]
    left = for_sale(variant.id for variant in sold)
    if not [variant for variant in sold if left[variant.id] > 0 and _lower(variant, percent)]:
        raise NothingToMarkDown
    list_again(product)
    return product


def _lower(variant: Variant, percent: int) -> bool:
    """Give a variant the lower price, unless it costs as little."""
    wanted = marked_down(variant.price, percent)
    if wanted >= variant.current_price:
        return False
    variant.sale_price = wanted
    return True
