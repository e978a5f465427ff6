"""Reads of orders, always through their owner or their token."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, case, false, or_, select, true
from sqlalchemy.orm import contains_eager, selectinload

from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.lib.money import ZERO
from shop.orders.models import Order, OrderLine
from shop.orders.states import NO_REVENUE, OrderState

NO_WAY = "none"
"""Stands for the way to pay of an order that costs nothing."""
WAY_TO_PAY: ColumnElement[str] = case((Order.total == ZERO, NO_WAY), else_=Order.payment_method)
"""The way to pay that was chosen, or NO_WAY."""


def orders_of(visitor: Visitor) -> Select[Order]:
    """A signed-in person's orders, newest first, with their lines."""
    mine = Order.user_id == visitor.user_id if visitor.user_id else false()
    return (
        select(Order).where(mine).options(selectinload(Order.lines)).order_by(Order.placed_at.desc(), Order.id.desc())
    )


def with_history(orders: Select[Order]) -> Select[Order]:
    """The same orders with their history."""
    return orders.options(selectinload(Order.history))


def lines_of(visitor: Visitor) -> Select[OrderLine]:
    """The lines of a signed-in person's orders, newest order first, with their order."""
    return all_lines().where(Order.user_id == visitor.user_id if visitor.user_id else false())


def all_lines() -> Select[OrderLine]:
    """The lines of everybody's orders, newest order first, with their order; for the owner's door."""
    lines = select(OrderLine).join(Order, Order.id == OrderLine.order_id).where(OrderLine.quantity > 0)
    lines = lines.options(contains_eager(OrderLine.order))
    return lines.order_by(Order.placed_at.desc(), Order.id.desc(), OrderLine.position)


def by_token(token: str) -> Select[Order]:
    """The order a secret link opens, with lines and history."""
    return named_by(token).options(selectinload(Order.lines), selectinload(Order.history))


def named_by(token: str) -> Select[Order]:
    """The same order alone."""
    return select(Order).where(Order.token == token)


def tracked(number: str, reached: str) -> Select[Order]:
    """The order with this number, for whoever knows the e-mail or the phone it was placed with."""
    theirs = or_(Order.email == reached, Order.phone == reached)
    return with_history(select(Order).where(Order.number == number.upper(), theirs)).options(selectinload(Order.lines))


def all_orders() -> Select[Order]:
    """Every order, newest first; for the owner's door."""
    return select(Order).order_by(Order.placed_at.desc(), Order.id.desc())


def placed_by(user_id: int | None, reached: str) -> ColumnElement[bool]:
    """Orders of an account, or of a guest by their e-mail address; by their phone where they gave none."""
    if user_id is not None:
        return Order.user_id == user_id
    return Order.email == reached.lower() if "@" in reached else Order.phone == reached


def has_ordered(user_id: int | None, reached: str, but: int | None = None) -> bool:
    """Whether this account or this guest ordered before, without what was cancelled or came back, and but one."""
    others = true() if but is None else Order.id != but
    found = select(Order.id).where(placed_by(user_id, reached), others, Order.state.not_in(NO_REVENUE)).limit(1)
    return db.session.scalar(found) is not None


def numbers_of(order_ids: Iterable[int]) -> dict[int, str]:
    """The numbers of orders by their ids."""
    wanted = sorted(set(order_ids))
    if not wanted:
        return {}
    found = db.session.execute(select(Order.id, Order.number).where(Order.id.in_(wanted)))
    return {row.id: row.number for row in found}


def matching(orders: Select[Order], states: Collection[OrderState], text: str) -> Select[Order]:
    """Those of the orders in one of the states, and with the text in their number or in a line's name or brand."""
    if states:
        orders = orders.where(Order.state.in_(states))
    if text:
        named = or_(OrderLine.name.icontains(text, autoescape=True), OrderLine.brand.icontains(text, autoescape=True))
        orders = orders.where(or_(Order.number.icontains(text, autoescape=True), Order.lines.any(named)))
    return orders
