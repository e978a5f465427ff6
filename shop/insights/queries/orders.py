"""Orders of a period, counted by how they stand and how they are paid (ORD-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from shop.extensions import db
from shop.insights.queries.sales import amount
from shop.lib.money import Money
from shop.orders.models import Order
from shop.orders.queries import WAY_TO_PAY
from shop.store.days import day_start


@dataclass(frozen=True)
class Counted:
    """How many orders share a code, and what they come to."""

    code: str
    orders: int
    total: Money


COUNTED: dict[str, Any] = {
    "state": Order.state,
    "standing": Order.payment_standing,
    "method": WAY_TO_PAY,
}


def orders_by(what: str, first: date, last: date) -> list[Counted]:
    """Orders placed from one day to another, both included, by `state`, `standing` or `method`; most first."""
    column = COUNTED[what]
    counted = select(column.label("code"), func.count().label("orders"), func.sum(Order.total).label("total"))
    placed = counted.where(Order.placed_at >= day_start(first), Order.placed_at < day_start(last + timedelta(days=1)))
    found = db.session.execute(placed.group_by(column).order_by(func.count().desc(), column))
    return [Counted(row.code, row.orders, amount(row.total)) for row in found]
