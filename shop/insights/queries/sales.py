"""Sales by day. Revenue counts every order that was not cancelled and did not come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BigInteger, ColumnElement, cast, extract, func, select

from shop.extensions import db
from shop.lib.money import ZERO, Money, total
from shop.orders.models import Order
from shop.orders.states import NO_REVENUE
from shop.store.days import day_start, offset_seconds, today

EPOCH = date(1970, 1, 1)


def counts_as_revenue() -> ColumnElement[bool]:
    """The condition under which an order's total is revenue."""
    return Order.state.not_in(NO_REVENUE)


@dataclass(frozen=True)
class DaySales:
    """Orders and revenue of one day in the store's time zone."""

    day: date
    orders: int = 0
    revenue: Money = ZERO


def sales_by_day(days: int, which: ColumnElement[bool] | None = None) -> list[DaySales]:
    """The last days up to today, oldest first, also those without a sale; of some orders or of all. One statement."""
    return sales_between(today() - timedelta(days=days - 1), today(), which)


def sales_between(first: date, last: date, which: ColumnElement[bool] | None = None) -> list[DaySales]:
    """The days from one to another, both included, as `sales_by_day` tells them. One statement."""
    number = (cast(extract("epoch", Order.placed_at), BigInteger) + offset_seconds()) // 86400
    counted = select(number.label("number"), func.count().label("orders"), func.sum(Order.total).label("revenue"))
    placed = (Order.placed_at >= day_start(first), Order.placed_at < day_start(last + timedelta(days=1)))
    sold = counted.where(*placed, counts_as_revenue()).group_by(number)
    sold = sold if which is None else sold.where(which)
    found = {EPOCH + timedelta(days=row.number): row for row in db.session.execute(sold)}
    every = [first + timedelta(days=passed) for passed in range((last - first).days + 1)]
    return [
        DaySales(day, found[day].orders, amount(found[day].revenue)) if day in found else DaySales(day) for day in every
    ]


def revenue_of(days: list[DaySales]) -> Money:
    """What some days brought in."""
    return total([day.revenue for day in days])


def amount(found: Money | int) -> Money:
    """A sum as money, which a database may tell as a plain number."""
    return found if isinstance(found, Money) else Money(int(found))
