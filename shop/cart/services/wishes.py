"""Keeps a wishlist, and moves between it and the bag."""

from __future__ import annotations

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from shop.accounts.services import people
from shop.accounts.visitor import Visitor
from shop.cart import queries
from shop.cart.errors import WrongColour, WrongSize
from shop.cart.models import CartLine, WishlistItem
from shop.cart.services.lines import add_line, remove_line
from shop.catalog import queries as catalog_queries
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.queries import one_or_404, one_or_none


def wish(visitor: Visitor, product_id: int, colour_id: int | None = None, on: bool = True) -> None:
    """Put a product on the wishlist or take it off; the state is sent, so doing it twice changes nothing."""
    if not on:
        unwish(visitor, product_id)
        return
    product = one_or_404(catalog_queries.products_on_shelf().where(Product.id == product_id))
    if one_or_none(_wished(visitor, product.id)) is None:
        _add(visitor, product.id, _colour(product.id, colour_id))


def wish_in(visitor: Visitor, item_id: int, colour_id: int | None) -> None:
    """Like an item in another colour, or in none. Raises NotFound, WrongColour."""
    item = one_or_404(queries.item_of(visitor, item_id).with_for_update())
    if colour_id is not None and _colour(item.product_id, colour_id) is None:
        raise WrongColour
    item.colour_id = colour_id
    db.session.flush()


def unwish(visitor: Visitor, product_id: int) -> None:
    """Take a product off the wishlist."""
    mine = queries.owned_by(WishlistItem, visitor)
    db.session.execute(delete(WishlistItem).where(mine, WishlistItem.product_id == product_id))


def move_to_cart(visitor: Visitor, item_id: int, variant_id: int) -> CartLine:
    """Put one unit of the chosen size into the bag and take the product off the wishlist, both or neither.

    Raises NotFound, WrongSize or NotEnough.
    """
    item = one_or_404(queries.item_of(visitor, item_id).with_for_update())
    variant = db.session.get(Variant, variant_id)
    if variant is None or variant.product_id != item.product_id:
        raise WrongSize
    line = add_line(visitor, variant_id)
    db.session.delete(item)
    db.session.flush()
    return line


def move_to_wishlist(visitor: Visitor, line_id: int) -> int:
    """Take a line out of the bag and keep its product and colour on the wishlist, both or neither.

    Returns the product's id.
    """
    line = remove_line(visitor, line_id)
    variant = db.session.get_one(Variant, line.variant_id)
    if one_or_none(_wished(visitor, variant.product_id)) is None:
        _add(visitor, variant.product_id, variant.colour_id)
    return variant.product_id


def _wished(visitor: Visitor, product_id: int) -> Select[WishlistItem]:
    return queries.wishlist_of(visitor).where(WishlistItem.product_id == product_id)


def _add(visitor: Visitor, product_id: int, colour_id: int | None) -> None:
    """Insert; of two taps at once the unique index lets one through, and that is all that was asked."""
    if visitor.user_id:
        people.hold(visitor.user_id)
    session_id = None if visitor.user_id else visitor.session_id
    try:
        with db.session.begin_nested():
            db.session.add(
                WishlistItem(user_id=visitor.user_id, session_id=session_id, product_id=product_id, colour_id=colour_id)
            )
    except IntegrityError:
        return


def _colour(product_id: int, colour_id: int | None) -> int | None:
    """The colour, if the product comes in it."""
    known = select(Variant.colour_id).where(Variant.product_id == product_id, Variant.colour_id == colour_id)
    return db.session.scalars(known.limit(1)).first()
