"""The bag of the person the token speaks for."""

from __future__ import annotations

from typing import Any

from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, total_of
from shop.api.schemas.cart_items import CartItem, CartItemChange, CartItemQuery, NewCartItem
from shop.api.schemas.fields import Deleted
from shop.api.schemas.wishlist_items import WishlistItem
from shop.cart import queries as cart_queries
from shop.cart import services as cart_services
from shop.cart.bag import BagLine
from shop.cart.wishes import wish_of_product
from shop.catalog.choosing import choose_variant

bp = ApiBlueprint("cart_items", "cart-items", "What someone means to buy", guarded=True)


@bp.post("/")
@bp.either(NewCartItem)
@bp.response(201, CartItem)
def create(wanted: dict[str, Any]) -> BagLine:
    """Put units of a size into the bag, on top of those already there.

    The size must say which variant is meant; where it comes in several colors, `color` or `variant_id` decides.
    """
    quantity = wanted.pop("quantity")
    line = cart_services.add_line(visitor(), _chosen(**wanted), quantity)
    return cart_queries.bag_line(visitor(), line.id)


@bp.get("/")
@bp.query(CartItemQuery)
@bp.lists(CartItem)
def index(query: dict[str, Any]) -> Any:
    """The lines of the bag, in the order they were added."""
    product_id = query.get("product_id")
    lines = [line for line in cart_queries.bag_of(visitor()).lines if product_id in {None, line.product_id}]
    return lines[query["skip"] : query["skip"] + query["limit"]], total_of(len(lines))


@bp.get("/<key:item_id>")
@bp.response(200, CartItem)
def show(item_id: int) -> BagLine:
    """One line of the bag."""
    return cart_queries.bag_line(visitor(), item_id)


@bp.put("/<key:item_id>")
@bp.body(CartItemChange)
@bp.response(200, CartItem)
def update(change: dict[str, Any], item_id: int) -> BagLine:
    """Change how many, or which size or color; a line of that one takes the units in."""
    line = cart_queries.bag_line(visitor(), item_id)
    if not change:
        raise NothingToChange
    quantity = change.pop("quantity", line.quantity)
    variant_id = _other_way(line, change) if change else line.variant_id
    changed = cart_services.change_line(visitor(), item_id, variant_id, quantity)
    return cart_queries.bag_line(visitor(), changed.id)


@bp.delete("/<key:item_id>")
@bp.response(200, Deleted)
def remove(item_id: int) -> dict[str, bool]:
    """Take a line out of the bag."""
    cart_services.remove_line(visitor(), item_id)
    return {"deleted": True}


@bp.delete("/")
@bp.response(200, Deleted)
def clear() -> dict[str, bool]:
    """Empty the bag; one that is empty stays so."""
    cart_services.clear_bag(visitor())
    return {"deleted": True}


@bp.post("/move-to-wishlist/<key:item_id>")
@bp.response(200, WishlistItem)
def move_to_wishlist(item_id: int) -> Any:
    """Take a line out of the bag and keep its product and color on the wishlist, both or neither."""
    product_id = cart_services.move_to_wishlist(visitor(), item_id)
    return wish_of_product(visitor(), product_id)


def _chosen(product_id: int, size: str | None = None, color: str | None = None, variant_id: int | None = None) -> int:
    return choose_variant(product_id, size=size, colour=color, variant_id=variant_id).id


def _other_way(line: BagLine, change: dict[str, Any]) -> int:
    """What is not said stays as it is; a variant says all."""
    kept = {} if "variant_id" in change else {"size": line.size, "color": line.colour}
    return _chosen(line.product_id, **kept | change)
