"""Reads of carts and wishlists, always through their owner."""

from shop.cart.bag import Bag, BagLine
from shop.cart.queries.bags import GOODS, bag_line, bag_of, pictures_of, read_line, with_goods
from shop.cart.queries.owners import cart_of, counts_and, counts_of, line_of, owned_by, saved_line_of
from shop.cart.queries.wishlists import (
    colour_named,
    item_of,
    listing_rows,
    share_called,
    share_of,
    sizes_of,
    wished_products,
    wishlist_and_share,
    wishlist_behind,
    wishlist_of,
    wishlist_shown,
)

__all__ = [
    "GOODS", "Bag", "BagLine", "bag_line", "bag_of", "cart_of", "colour_named", "counts_and", "counts_of", "item_of",
    "line_of", "listing_rows", "owned_by", "pictures_of", "read_line", "saved_line_of", "share_called", "share_of",
    "sizes_of", "wished_products", "wishlist_and_share", "wishlist_behind", "wishlist_of", "wishlist_shown",
    "with_goods",
]  # fmt: skip
