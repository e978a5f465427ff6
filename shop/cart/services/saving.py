"""Lets lines of a bag wait for later, and brings them back. Every call locks the cart first."""

from __future__ import annotations

from shop.accounts.visitor import Visitor
from shop.cart import queries
from shop.cart.errors import MOST, BadQuantity, NotEnough
from shop.cart.models import CartLine
from shop.cart.services.carts import cart_for, lock_cart
from shop.cart.services.lines import line_with, new_line, refuse_full
from shop.catalog import queries as catalog_queries
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.queries import one_or_404, one_or_none
from shop.stock import queries as stock_queries


def save_for_later(visitor: Visitor, line_id: int) -> CartLine:
    """Let a line of the bag wait; units of the same variant that wait already take its units in. Raises NotFound."""
    lock_cart(visitor)
    line = one_or_404(queries.line_of(visitor, line_id))
    return _move(line, line.quantity, later=True)


def bring_back(visitor: Visitor, line_id: int, units: int | None = None) -> CartLine:
    """Put a waiting line into the bag, or so many units of it, beside those of the same variant.

    What was told of its price and of what is left, the bag goes on telling (CRT-02). Raises NotFound, also for what is
    no longer sold, NotEnough where nothing is left, or BagFull.
    """
    lock_cart(visitor)
    line = one_or_404(queries.saved_line_of(visitor, line_id))
    catalog_queries.variant_on_shelf(line.variant_id)
    if stock_queries.for_sale([line.variant_id])[line.variant_id] <= 0:
        raise NotEnough(0)
    return _move(line, line.quantity if units is None else units, later=False)


def remove_saved(visitor: Visitor, line_id: int) -> CartLine:
    """Take a waiting line away and return what it was. Raises NotFound."""
    lock_cart(visitor)
    line = one_or_404(queries.saved_line_of(visitor, line_id))
    db.session.delete(line)
    db.session.flush()
    return line


def save_variant(visitor: Visitor, variant_id: int, quantity: int) -> CartLine:
    """Let units of a variant wait, beside those that do: a waiting line that was removed comes back.

    Raises NotFound or BadQuantity.
    """
    if not 1 <= quantity <= MOST:
        raise BadQuantity
    variant = catalog_queries.variant_on_shelf(variant_id)
    cart = cart_for(visitor)
    line = one_or_none(line_with(cart.id, variant.id, later=True)) or new_line(cart, variant, now())
    line.quantity = min(MOST, line.quantity + quantity)
    db.session.flush()
    return line


def _move(line: CartLine, units: int, *, later: bool) -> CartLine:
    """Units of a line to the other side, as many as fit there; returns the line that has them."""
    saved_at = now() if later else None
    there = one_or_none(line_with(line.cart_id, line.variant_id, later=later))
    if there is None and units >= line.quantity:
        refuse_full(line.cart_id, later=later)
        line.saved_at = saved_at
        db.session.flush()
        return line
    there = there or new_line(line.cart, line.variant, saved_at)
    moved = min(units, line.quantity, MOST - there.quantity)
    if moved < 1:
        raise BadQuantity
    there.quantity, there.unit_price_seen = there.quantity + moved, line.unit_price_seen
    if moved == line.quantity:
        db.session.delete(line)
    else:
        line.quantity -= moved
    db.session.flush()
    return there
