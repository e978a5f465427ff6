"""What bags and wishlists know of people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.cart.models import Cart, CartLine, WishlistItem, WishlistShare
from shop.lib.personal import Holding, delete_rows, plain
from shop.lib.queries import rows


def _bag(user_id: int) -> list[dict[str, Any]]:
    lines = select(CartLine).join(CartLine.cart).where(Cart.user_id == user_id).order_by(CartLine.id)
    return [
        {
            "product": line.variant.product.name,
            "colour": line.variant.colour.name,
            "size": line.variant.size.label,
            "quantity": line.quantity,
            "price_seen": plain(line.unit_price_seen),
            "added_at": plain(line.added_at),
            "saved_for_later_at": plain(line.saved_at),
        }
        for line in rows(lines)
    ]


def _wishlist(user_id: int) -> list[dict[str, Any]]:
    items = rows(select(WishlistItem).where(WishlistItem.user_id == user_id).order_by(WishlistItem.id))
    return [
        {
            "product": item.product.name,
            "colour": item.colour.name if item.colour else None,
            "added_at": plain(item.added_at),
        }
        for item in items
    ]


def _shared(user_id: int) -> list[dict[str, Any]]:
    shares = rows(select(WishlistShare).where(WishlistShare.user_id == user_id))
    return [{"name_shown": share.name, "created_at": plain(share.created_at)} for share in shares]


HOLDINGS = (
    Holding(("cart", "cart_line"), "bag.json", _bag, delete_rows(Cart.user_id)),
    Holding(("wishlist_item",), "wishlist.json", _wishlist, delete_rows(WishlistItem.user_id)),
    Holding(("wishlist_share",), "wishlist_link.json", _shared, delete_rows(WishlistShare.user_id)),
)
