"""Opens a visitor's cart for writing. The cart's row is locked, so that two taps come one after the other."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from shop.accounts.services import people
from shop.accounts.visitor import Visitor
from shop.cart import queries
from shop.cart.models import Cart
from shop.extensions import db
from shop.lib.queries import one_or_none


def cart_for(visitor: Visitor) -> Cart:
    """The visitor's cart, made where there is none; of two first taps at once, one makes it and both use it.

    Raises NotFound for somebody who was erased meanwhile.
    """
    return _locked(visitor) or _make(visitor) or _locked_now(visitor)


def lock_cart(visitor: Visitor) -> Cart | None:
    """The visitor's cart, locked, or None."""
    return _locked(visitor)


def _locked(visitor: Visitor) -> Cart | None:
    return one_or_none(queries.cart_of(visitor).with_for_update())


def _make(visitor: Visitor) -> Cart | None:
    if visitor.user_id:
        people.hold(visitor.user_id)
    cart = Cart(user_id=visitor.user_id, session_id=None if visitor.user_id else visitor.session_id)
    try:
        with db.session.begin_nested():
            db.session.add(cart)
    except IntegrityError:
        return None
    return cart


def _locked_now(visitor: Visitor) -> Cart:
    return db.session.scalars(queries.cart_of(visitor).with_for_update()).one()
