"""The owner's desk: which orders wait for which step, and finding one among many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from shop.extensions import db
from shop.orders.models import Order
from shop.orders.queries import all_orders
from shop.orders.states import OrderState as S
from shop.orders.states import PaymentStanding
from shop.store.days import day_start

COD = "cod"
is_cod = Order.payment_method == COD
CASH_DUE = and_(Order.state == S.DELIVERED, is_cod, Order.payment_standing == PaymentStanding.PENDING)
QUEUES: dict[str, ColumnElement[bool]] = {
    "confirm": and_(Order.state == S.PLACED, is_cod),
    "unpaid": and_(Order.state == S.PLACED, ~is_cod),
    "pack": Order.state == S.CONFIRMED,
    "ship": Order.state == S.PACKED,
    "transit": Order.state.in_((S.SHIPPED, S.OUT_FOR_DELIVERY)),
    "trouble": Order.state.in_((S.DELIVERY_FAILED, S.RETURNING)),
    "cash": CASH_DUE,
}
ARCHIVES: dict[str, ColumnElement[bool]] = {
    "delivered": Order.state == S.DELIVERED,
    "closed": Order.state.in_((S.CANCELLED, S.RETURNED)),
}
TODO = ("confirm", "pack", "ship", "trouble", "cash")


@dataclass(frozen=True)
class OrderFilter:
    """What the owner looks for; empty means all."""

    view: str = ""
    text: str = ""
    method: str = ""
    standing: str = ""
    since: date | None = None
    until: date | None = None


def orders_matching(wanted: OrderFilter) -> Select[Order]:
    """Orders that fit a filter, newest first, with their lines."""
    found = all_orders().options(selectinload(Order.lines))
    return found.where(*_conditions(wanted))


def order_numbered(number: str) -> Select[Order]:
    """One order with lines and history."""
    with_all = (selectinload(Order.lines), selectinload(Order.history))
    return select(Order).where(Order.number == number).options(*with_all)


def queue_counts(**beside: ScalarSelect[int]) -> dict[str, int]:
    """How many orders wait in each queue, in one statement, which may count something else beside."""
    columns = [func.count().filter(condition).label(name) for name, condition in QUEUES.items()]
    columns += [number.label(name) for name, number in beside.items()]
    waiting = select(*columns).where(or_(Order.state.in_(_open_states()), CASH_DUE))
    return dict(db.session.execute(waiting).one()._mapping)


def _open_states() -> list[str]:
    return [state for state in S if state not in (S.DELIVERED, S.CANCELLED, S.RETURNED)]


def _conditions(wanted: OrderFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.view:
        conditions.append((QUEUES | ARCHIVES)[wanted.view])
    if wanted.method:
        conditions.append(Order.payment_method == wanted.method)
    if wanted.standing:
        conditions.append(Order.payment_standing == wanted.standing)
    if wanted.since:
        conditions.append(Order.placed_at >= day_start(wanted.since))
    if wanted.until:
        conditions.append(Order.placed_at < day_start(wanted.until + timedelta(days=1)))
    return [*conditions, *(_mentions(word) for word in wanted.text.split())]


def _mentions(word: str) -> ColumnElement[bool]:
    columns = (Order.number, Order.name, Order.email, Order.phone)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))
