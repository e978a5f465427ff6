"""How many orders one buyer may have that are not paid yet: each keeps its goods from others (ORD-01).

An order counts while nothing but its buyer's word stands for it: until its money comes or, where the courier is paid,
until the shop confirms it. An account, an e-mail address and a phone are one buyer's. Guests change those as they like,
so what is placed over one internet connection counts, too; but an office, or the customers of a mobile provider, share
one address, so more may wait there, and for an hour only.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Exists, and_, exists, false, func, or_, select

from shop.accounts.models import User
from shop.accounts.visitor import Visitor
from shop.checkout.errors import OpenOrder, TooManyFromHere, TooManyUnpaid
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.idempotency import made_under
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.store.settings import UNPAID_ORDERS, value_of

FROM_ONE_PLACE, A_WHILE = 4, timedelta(hours=1)


def refuse_too_many(visitor: Visitor, order: Order, scope: str) -> None:
    """Raise TooManyUnpaid where the buyer of a new order has as many as the owner allows without it.

    In the unit that wrote the order: buyers queue for its number, so each counts what those before them wrote. Whoever
    of the team places it decides for themselves. `scope` is that of the visitor's keys.
    """
    most = value_of(UNPAID_ORDERS)
    if not most or visitor.helper:
        return
    theirs, from_there = db.session.execute(select(_count(_same_buyer(order)), _count(_same_place(order)))).one()
    if theirs >= most:
        raise TooManyUnpaid(most, _open_orders(visitor, order, scope))
    if from_there >= most * FROM_ONE_PLACE:
        raise TooManyFromHere(most * FROM_ONE_PLACE, _open_orders(visitor, order, scope))


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count(Order.id)).where(Order.state == OrderState.PLACED, which).scalar_subquery()


def _same_buyer(order: Order) -> ColumnElement[bool]:
    """Other orders of the account, the e-mail address or the phone.

    Whoever proved that an address or a phone is theirs is not counted what strangers placed in its name.
    """
    account = Order.user_id == order.user_id if order.user_id else false()
    email = Order.email == order.email if order.email else false()
    phone = Order.phone == order.phone
    if order.user_id:
        email = and_(email, ~_proven(order.user_id, User.email == order.email, User.email_verified_at.is_not(None)))
        phone = and_(phone, ~_proven(order.user_id, User.phone == order.phone, User.phone_verified_at.is_not(None)))
    elif order.phone_proven:
        phone = and_(phone, Order.phone_proven)
    return and_(Order.id != order.id, or_(account, email, phone))


def _proven(user_id: int, is_theirs: ColumnElement[bool], is_proven: ColumnElement[bool]) -> Exists:
    return exists().where(User.id == user_id, is_theirs, is_proven)


def _same_place(order: Order) -> ColumnElement[bool]:
    """Other orders that guests placed from there a short while ago."""
    if order.placed_from is None:
        return false()
    recent = Order.placed_at > now() - A_WHILE
    return and_(Order.id != order.id, Order.placed_from == order.placed_from, recent)


def _open_orders(visitor: Visitor, order: Order, scope: str) -> list[OpenOrder]:
    """Those the visitor may see: of their account, or placed by this browser."""
    mine = Order.user_id == visitor.user_id if visitor.user_id else Order.id.in_(made_under(scope))
    found = select(Order).where(Order.state == OrderState.PLACED, Order.id != order.id, mine).order_by(Order.id)
    return [OpenOrder(one.id, one.number, one.token, one.total, one.waits_for_payment) for one in rows(found)]
