"""The coupon of a bag."""

from __future__ import annotations

from shop.accounts.visitor import Visitor
from shop.cart.services.carts import cart_for, lock_cart


def keep_coupon(visitor: Visitor, code: str) -> None:
    """Keep a coupon's code on the visitor's bag; it takes the place of the one before."""
    cart_for(visitor).coupon_code = code


def drop_coupon(visitor: Visitor) -> None:
    """Take the coupon off the visitor's bag, if there is one."""
    cart = lock_cart(visitor)
    if cart is not None:
        cart.coupon_code = None
