"""How a coupon or discount is used: by how many orders, what they bring in, what it gives away."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from shop.extensions import db
from shop.insights.queries.sales import DaySales, counts_as_revenue, sales_by_day
from shop.lib.money import ZERO, Money
from shop.orders.models import Order
from shop.promotions.models import Redemption

LATEST = 10


@dataclass(frozen=True)
class Use:
    """One order that used it."""

    order: Order
    amount: Money


@dataclass(frozen=True)
class Usage:
    """Uses that were not given back, with what those orders bring in and what was given away; `days` oldest first."""

    uses: int
    given_back: int
    revenue: Money
    discount: Money
    days: list[DaySales]
    latest: list[Use]


def usage_of(promotion_id: int, days: int) -> Usage:
    """The statistics of one promotion; revenue counts as in all reports."""
    mine, is_live = Redemption.promotion_id == promotion_id, Redemption.freed_at.is_(None)
    counted = select(func.count(Redemption.id).filter(is_live), func.count(Redemption.id).filter(~is_live))
    uses, given_back = db.session.execute(counted.where(mine)).one()
    sold = select(func.sum(Order.total), func.sum(Redemption.amount)).join(Order, Order.id == Redemption.order_id)
    revenue, discount = db.session.execute(sold.where(mine, is_live, counts_as_revenue())).one()
    orders = select(Redemption.order_id).where(mine, is_live)
    by_day = sales_by_day(days, Order.id.in_(orders))
    return Usage(uses, given_back, revenue or ZERO, discount or ZERO, by_day, _latest(promotion_id))


def _latest(promotion_id: int) -> list[Use]:
    used = select(Order, Redemption.amount).join(Redemption, Redemption.order_id == Order.id)
    mine = used.where(Redemption.promotion_id == promotion_id, Redemption.freed_at.is_(None))
    found = db.session.execute(mine.order_by(Redemption.id.desc()).limit(LATEST)).all()
    return [Use(order, amount) for order, amount in found]
