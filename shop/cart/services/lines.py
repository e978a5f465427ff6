"""Adds, changes and removes what is in a bag. Every call locks the cart first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, select

from shop.accounts.visitor import Visitor
from shop.cart import queries
from shop.cart.bag import BagLine
from shop.cart.errors import MOST, MOST_LINES, BadQuantity, BagFull, NotEnough
from shop.cart.models import Cart, CartLine
from shop.cart.services.carts import cart_for, lock_cart
from shop.catalog import queries as catalog_queries
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.errors import NotFound
from shop.lib.queries import one_or_404, one_or_none
from shop.stock import queries as stock_queries


def add_line(visitor: Visitor, variant_id: int, quantity: int = 1) -> CartLine:
    """Put units of a variant into the bag, on top of those already there.

    Raises NotFound, BadQuantity, BagFull, or NotEnough when the bag would hold more than is for sale.
    """
    if not 1 <= quantity <= MOST:
        raise BadQuantity
    variant = catalog_queries.variant_on_shelf(variant_id)
    cart = cart_for(visitor)
    line = one_or_none(line_with(cart.id, variant.id))
    _check(variant.id, quantity, in_bag=line.quantity if line else 0)
    line = line or new_line(cart, variant)
    line.quantity += quantity
    line.unit_price_seen = variant.current_price
    db.session.flush()
    return line


def set_quantity(visitor: Visitor, line_id: int, quantity: int) -> CartLine:
    """Set a line's quantity. Raises NotFound, BadQuantity or NotEnough."""
    lock_cart(visitor)
    line = one_or_404(queries.line_of(visitor, line_id))
    if not 1 <= quantity <= MOST:
        raise BadQuantity
    _check(line.variant_id, quantity)
    line.quantity = quantity
    db.session.flush()
    return line


def change_line(visitor: Visitor, line_id: int, variant_id: int, quantity: int) -> CartLine:
    """Make a line another size or colour; a line of that one takes the units in. Raises as `add_line` does."""
    lock_cart(visitor)
    line = one_or_404(queries.line_of(visitor, line_id))
    if line.variant_id == variant_id:
        return set_quantity(visitor, line_id, quantity)
    other = one_or_none(line_with(line.cart_id, variant_id))
    if other is not None:
        db.session.delete(line)
        return add_line(visitor, variant_id, quantity)
    if not 1 <= quantity <= MOST:
        raise BadQuantity
    variant = catalog_queries.variant_on_shelf(variant_id)
    _check(variant.id, quantity)
    line.variant, line.quantity, line.unit_price_seen = variant, quantity, variant.current_price
    db.session.flush()
    return line


def remove_line(visitor: Visitor, line_id: int) -> CartLine:
    """Take a line out of the bag and return what it was. Raises NotFound."""
    lock_cart(visitor)
    line = one_or_404(queries.line_of(visitor, line_id))
    db.session.delete(line)
    db.session.flush()
    return line


def accept_changes(visitor: Visitor) -> None:
    """The buyer agrees: prices as they are now, no more than there is; what cannot be bought leaves the bag."""
    if lock_cart(visitor) is None:
        return
    for shown in queries.bag_of(visitor).lines:
        if shown.problem:
            _accept(shown)
    db.session.flush()


def see_prices(visitor: Visitor) -> None:
    """The buyer was shown what changed: from now on these are the prices they know."""
    lock_cart(visitor)
    for shown in queries.bag_of(visitor).lines:
        if shown.price_change:
            db.session.get_one(CartLine, shown.id).unit_price_seen = shown.unit_price
    db.session.flush()


def clear_bag(visitor: Visitor) -> None:
    """Take everything out of a visitor's bag; what waits for later goes on waiting."""
    cart = lock_cart(visitor)
    if cart is not None:
        clear(cart.id)


def clear(cart_id: int) -> None:
    """Empty a cart, after its order was placed."""
    db.session.execute(delete(CartLine).where(CartLine.cart_id == cart_id, CartLine.saved_at.is_(None)))


def line_with(cart_id: int, variant_id: int, *, later: bool = False) -> Select[CartLine]:
    """The line of a variant in a cart's bag, or among what waits for later."""
    named = select(CartLine).where(CartLine.cart_id == cart_id, CartLine.variant_id == variant_id)
    return named.where(_side(later=later))


def new_line(cart: Cart, variant: Variant, saved_at: datetime | None = None) -> CartLine:
    """A line without units yet, at today's price. Raises BagFull."""
    refuse_full(cart.id, later=saved_at is not None)
    line = CartLine(
        cart_id=cart.id, variant=variant, quantity=0, unit_price_seen=variant.current_price, saved_at=saved_at
    )
    db.session.add(line)
    return line


def refuse_full(cart_id: int, *, later: bool = False) -> None:
    """Raise BagFull where there is no room for another line, in the bag or among what waits."""
    beside = select(func.count()).where(CartLine.cart_id == cart_id, _side(later=later))
    if (db.session.scalar(beside) or 0) >= MOST_LINES:
        raise BagFull


def _side(*, later: bool) -> ColumnElement[bool]:
    return CartLine.saved_at.is_not(None) if later else CartLine.saved_at.is_(None)


def _accept(shown: BagLine) -> None:
    line = db.session.get(CartLine, shown.id)
    if line is None:
        raise NotFound
    if not shown.is_for_sale:
        db.session.delete(line)
        return
    line.unit_price_seen = shown.unit_price
    line.quantity = min(line.quantity, shown.for_sale, MOST)


def _check(variant_id: int, wanted: int, *, in_bag: int = 0) -> None:
    left = stock_queries.for_sale([variant_id])[variant_id]
    if in_bag + wanted > left:
        raise NotEnough(left, in_bag)
    if in_bag + wanted > MOST:
        raise BadQuantity
