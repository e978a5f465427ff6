"""Whose a cart or a wishlist is, and how much is in it."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Select, bindparam, func, null, select

from shop.accounts.visitor import Visitor
from shop.cart.models import Cart, CartLine, WishlistItem, WishlistShare
from shop.catalog.queries import LARGEST_ID
from shop.extensions import db

Owned = TypeVar("Owned", Cart, WishlistItem, WishlistShare)
T = TypeVar("T")


def owned_by(model: type[Owned], visitor: Visitor) -> ColumnElement[bool]:
    """The condition that a cart, a wishlist item or its link belongs to this visitor."""
    if visitor.user_id:
        return model.user_id == visitor.user_id
    return model.session_id == (visitor.session_id or "")


def cart_of(visitor: Visitor) -> Select[Cart]:
    """The visitor's cart."""
    return select(Cart).where(owned_by(Cart, visitor))


def counts_of(visitor: Visitor) -> tuple[int, int]:
    """Units in the bag and items on the wishlist, in one statement; zeros for a guest who wrote nothing yet."""
    units, wished, _ = counts_and(null(), visitor)
    return units, wished


def counts_and(more: ColumnElement[T], visitor: Visitor) -> tuple[int, int, T | None]:
    """The same with something more that is asked of a member, `owner` in it, by the same statement."""
    if not visitor.session_id:
        return 0, 0, None
    asked = _counts(True, more) if visitor.user_id else _counts(False, null())
    units, wished, found = db.session.execute(asked, owner_of(visitor)).one()
    return int(units), int(wished), found


def line_of(visitor: Visitor, line_id: int) -> Select[CartLine]:
    """One line of the visitor's own bag; another's does not exist."""
    return _kept(visitor, line_id).where(CartLine.saved_at.is_(None))


def saved_line_of(visitor: Visitor, line_id: int) -> Select[CartLine]:
    """One line that the visitor saved for later."""
    return _kept(visitor, line_id).where(CartLine.saved_at.is_not(None))


def _kept(visitor: Visitor, line_id: int) -> Select[CartLine]:
    return select(CartLine).join(CartLine.cart).where(owned_by(Cart, visitor), CartLine.id == min(line_id, LARGEST_ID))


@cache
def _counts(of_member: bool, more: ColumnElement[Any]) -> Executable:
    """What every page asks for somebody with a session; put together once for each kind of owner."""
    units = select(func.coalesce(func.sum(CartLine.quantity), 0)).join(Cart)
    units = units.where(owned_still_to_say(Cart, of_member), CartLine.saved_at.is_(None))
    wished = select(func.count(WishlistItem.id)).where(owned_still_to_say(WishlistItem, of_member))
    return select(units.scalar_subquery(), wished.scalar_subquery(), more)


def owned_still_to_say(model: type[Owned], of_member: bool) -> ColumnElement[bool]:
    """The same condition as `owned_by`, with the owner still to be said."""
    return (model.user_id if of_member else model.session_id) == bindparam("owner")


def owner_of(visitor: Visitor) -> dict[str, Any]:
    return {"owner": visitor.user_id or visitor.session_id}
