"""Reads of orders, always through their owner or their token."""

from __future__ import annotations

from sqlalchemy import Select, false, select
from sqlalchemy.orm import selectinload

from shop.accounts.visitor import Visitor
from shop.orders.models import Order


def orders_of(visitor: Visitor) -> Select[Order]:
    """A signed-in person's orders, newest first, with their lines."""
    mine = Order.user_id == visitor.user_id if visitor.user_id else false()
    return (
        select(Order).where(mine).options(selectinload(Order.lines)).order_by(Order.placed_at.desc(), Order.id.desc())
    )


def by_token(token: str) -> Select[Order]:
    """The order a secret link opens, with lines and history."""
    return select(Order).where(Order.token == token).options(selectinload(Order.lines), selectinload(Order.history))


def all_orders() -> Select[Order]:
    """Every order, newest first; for the owner's door."""
    return select(Order).order_by(Order.placed_at.desc(), Order.id.desc())
