"""Reads of carts and wishlists, always through their owner."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, select

from shop.accounts.visitor import Visitor
from shop.cart.models import Cart, CartLine, WishlistItem
from shop.extensions import db

Owned = TypeVar("Owned", Cart, WishlistItem)


def owned_by(model: type[Owned], visitor: Visitor) -> ColumnElement[bool]:
    """The condition that a cart or wishlist item belongs to this visitor."""
    if visitor.user_id:
        return model.user_id == visitor.user_id
    return model.session_id == (visitor.session_id or "")


def cart_of(visitor: Visitor) -> Select[tuple[Cart]]:
    """The visitor's cart."""
    return select(Cart).where(owned_by(Cart, visitor))


def wishlist_of(visitor: Visitor) -> Select[tuple[WishlistItem]]:
    """What the visitor likes, newest first."""
    return select(WishlistItem).where(owned_by(WishlistItem, visitor)).order_by(WishlistItem.id.desc())


def counts_of(visitor: Visitor) -> tuple[int, int]:
    """Units in the bag and items on the wishlist, in one statement; zeros for a guest who wrote nothing yet."""
    if not visitor.session_id:
        return 0, 0
    units = select(func.coalesce(func.sum(CartLine.quantity), 0)).join(Cart).where(owned_by(Cart, visitor))
    wished = select(func.count(WishlistItem.id)).where(owned_by(WishlistItem, visitor))
    row = db.session.execute(select(units.scalar_subquery(), wished.scalar_subquery())).one()
    return int(row[0]), int(row[1])
