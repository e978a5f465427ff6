"""What can be done with carts and wishlists, a file for each part."""

from shop.cart.services.coupons import drop_coupon, keep_coupon
from shop.cart.services.gone import drop_products
from shop.cart.services.lines import (
    accept_changes,
    add_line,
    change_line,
    clear,
    clear_bag,
    remove_line,
    see_prices,
    set_quantity,
)
from shop.cart.services.merging import MergeResult, merge_guest
from shop.cart.services.saving import bring_back, remove_saved, save_for_later, save_variant
from shop.cart.services.sharing import share_wishlist, stop_sharing
from shop.cart.services.wishes import move_to_cart, move_to_wishlist, unwish, wish, wish_in

__all__ = [
    "MergeResult", "accept_changes", "add_line", "bring_back", "change_line", "clear", "clear_bag", "drop_coupon",
    "drop_products", "keep_coupon", "merge_guest", "move_to_cart", "move_to_wishlist", "remove_line", "remove_saved",
    "save_for_later", "save_variant", "see_prices", "set_quantity", "share_wishlist", "stop_sharing", "unwish", "wish",
    "wish_in",
]  # fmt: skip
