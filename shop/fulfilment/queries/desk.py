"""The owner's desk: which orders wait for which step, and finding one among many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from shop.delivery.cash import CASH_ON_DELIVERY
from shop.extensions import db
from shop.fulfilment.models import CashCollection, Parcel
from shop.fulfilment.states import ParcelState
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.orders.queries import WAY_TO_PAY, all_orders
from shop.orders.states import OVER, PaymentStanding
from shop.orders.states import OrderState as S
from shop.store.days import day_start

ARCHIVED = "archived"
is_cod = Order.payment_method == CASH_ON_DELIVERY
_is_all_cash = and_(is_cod, Order.prepaid == ZERO)
_waits_for_part = and_(Order.state == S.PLACED, is_cod, Order.prepaid > ZERO)
_open = Order.state.in_([state for state in S if state not in OVER])


def _has_parcel(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Parcel.order_id == Order.id, *conditions)


_is_packed = Parcel.state == ParcelState.PACKED
_is_trouble = Parcel.state.in_((ParcelState.DELIVERY_FAILED, ParcelState.RETURNING))
_owes_cash = and_(Parcel.state == ParcelState.DELIVERED, ~exists().where(CashCollection.parcel_id == Parcel.id))
CASH_DUE = and_(is_cod, Order.payment_standing == PaymentStanding.PENDING, _has_parcel(_owes_cash))
_is_unpaid = and_(~is_cod, Order.payment_standing.in_((PaymentStanding.PENDING, PaymentStanding.FAILED)))
QUEUES: dict[str, ColumnElement[bool]] = {
    "confirm": and_(Order.state == S.PLACED, _is_all_cash),
    "unpaid": or_(and_(Order.state.in_((S.PLACED, S.CONFIRMED)), _is_unpaid), _waits_for_part),
    "pack": and_(Order.state == S.CONFIRMED, ~_is_unpaid),
    "ship": and_(Order.state.in_((S.CONFIRMED, S.PACKED)), _has_parcel(_is_packed)),
    "transit": Order.state.in_((S.SHIPPED, S.OUT_FOR_DELIVERY)),
    "trouble": and_(_open, _has_parcel(_is_trouble)),
    "cash": CASH_DUE,
}
ARCHIVES: dict[str, ColumnElement[bool]] = {
    "delivered": Order.state == S.DELIVERED,
    "closed": Order.state.in_((S.CANCELLED, S.RETURNED)),
    ARCHIVED: Order.archived_at.is_not(None),
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
    states: tuple[str, ...] = ()
    user_id: int | None = None
    least: Money | None = None
    most: Money | None = None


def orders_matching(wanted: OrderFilter) -> Select[Order]:
    """Orders that fit a filter, newest first, with their lines."""
    found = all_orders().options(selectinload(Order.lines))
    return found.where(*_conditions(wanted))


def order_numbered(number: str) -> Select[Order]:
    """One order with lines and history."""
    return _whole().where(Order.number == number)


def order_of(order_id: int) -> Select[Order]:
    """The same by its id, read anew."""
    return _whole().where(Order.id == order_id).execution_options(populate_existing=True)


def _whole() -> Select[Order]:
    return select(Order).options(selectinload(Order.lines), selectinload(Order.history))


def queue_counts(**beside: ScalarSelect[int]) -> dict[str, int]:
    """How many orders wait in each queue, in one statement, which may count something else beside."""
    columns = [func.count().filter(condition).label(name) for name, condition in QUEUES.items()]
    columns += [number.label(name) for name, number in beside.items()]
    waiting = select(*columns).where(or_(_open, CASH_DUE))
    return dict(db.session.execute(waiting).one()._mapping)


def _conditions(wanted: OrderFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.view:
        conditions.append((QUEUES | ARCHIVES)[wanted.view])
    if wanted.view != ARCHIVED:
        conditions.append(Order.archived_at.is_(None))
    if wanted.states:
        conditions.append(Order.state.in_(wanted.states))
    conditions += [column == value for column, value in _same(wanted) if value]
    return [*conditions, *_between(wanted), *(_mentions(word) for word in wanted.text.split())]


def _same(wanted: OrderFilter) -> list[tuple[Any, Any]]:
    """What has to be exactly so."""
    return [
        (WAY_TO_PAY, wanted.method),
        (Order.payment_standing, wanted.standing),
        (Order.user_id, wanted.user_id),
    ]


def _between(wanted: OrderFilter) -> Iterator[ColumnElement[bool]]:
    """When it was placed, and what it comes to."""
    if wanted.since:
        yield Order.placed_at >= day_start(wanted.since)
    if wanted.until:
        yield Order.placed_at < day_start(wanted.until + timedelta(days=1))
    if wanted.least is not None:
        yield Order.total >= wanted.least
    if wanted.most is not None:
        yield Order.total <= wanted.most


def _mentions(word: str) -> ColumnElement[bool]:
    columns = (Order.number, Order.name, Order.email, Order.phone)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))
