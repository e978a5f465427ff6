"""The wishlist of the person the token speaks for."""

from __future__ import annotations

from typing import Any

from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, total_of
from shop.api.schemas.cart_items import CartItem
from shop.api.schemas.fields import Deleted
from shop.api.schemas.wishlist_items import (
    NewWishlistItem,
    SizeWanted,
    WishlistItem,
    WishlistItemChange,
    WishlistItemQuery,
)
from shop.cart import queries as cart_queries
from shop.cart import services as cart_services
from shop.cart.bag import BagLine
from shop.cart.wishes import Wish, wish_of, wish_of_product, wishes_of
from shop.catalog import lookups
from shop.catalog.choosing import choose_variant
from shop.lib.errors import ShopError
from shop.lib.queries import one_or_404, rows

bp = ApiBlueprint("wishlist_items", "wishlist-items", "What someone likes", guarded=True)


@bp.post("/")
@bp.either(NewWishlistItem)
@bp.response(201, WishlistItem)
def create(liked: dict[str, Any]) -> Wish:
    """Put a product on the wishlist; one that is there already stays as it is."""
    colour_id = _colour_called(liked["color"]) if "color" in liked else None
    cart_services.wish(visitor(), liked["product_id"], colour_id)
    return wish_of_product(visitor(), liked["product_id"])


@bp.get("/")
@bp.query(WishlistItemQuery)
@bp.lists(WishlistItem)
def index(query: dict[str, Any]) -> Any:
    """The wishlist, newest first."""
    found = wishes_of(visitor(), query.get("product_id"), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:item_id>")
@bp.response(200, WishlistItem)
def show(item_id: int) -> Wish:
    """One item of the wishlist."""
    return wish_of(visitor(), item_id)


@bp.put("/<key:item_id>")
@bp.body(WishlistItemChange)
@bp.response(200, WishlistItem)
def update(change: dict[str, Any], item_id: int) -> Wish:
    """Like it in another color; without one in none. 422 for a color the product does not come in."""
    if not change:
        raise NothingToChange
    colour_id = None if change["color"] is None else _colour_called(change["color"])
    cart_services.wish_in(visitor(), item_id, colour_id)
    return wish_of(visitor(), item_id)


@bp.delete("/<key:item_id>")
@bp.response(200, Deleted)
def remove(item_id: int) -> dict[str, bool]:
    """Take an item off the wishlist."""
    item = one_or_404(cart_queries.item_of(visitor(), item_id))
    cart_services.unwish(visitor(), item.product_id)
    return {"deleted": True}


@bp.post("/move-to-cart/<key:item_id>")
@bp.either(SizeWanted)
@bp.response(200, CartItem)
def move_to_cart(wanted: dict[str, Any], item_id: int) -> BagLine:
    """Put one unit of a size into the bag and take the product off the wishlist, both or neither."""
    item = one_or_404(cart_queries.item_of(visitor(), item_id))
    liked_in = item.colour.slug if item.colour and "variant_id" not in wanted else None
    colour = wanted.get("color", liked_in)
    variant = choose_variant(
        item.product_id, size=wanted.get("size"), colour=colour, variant_id=wanted.get("variant_id")
    )
    line = cart_services.move_to_cart(visitor(), item_id, variant.id)
    return cart_queries.bag_line(visitor(), line.id)


def _colour_called(word: str) -> int:
    found = rows(lookups.colours_called(word))
    if not found:
        raise ShopError("There is no such color.", field="color")
    return found[0].id
