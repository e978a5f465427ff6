"""The owner's first page: today, what waits, how it sells, what runs out."""

from __future__ import annotations

from flask import Blueprint, Response

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.extensions import db
from shop.fulfilment.queries import desk
from shop.insights.queries.sales import revenue_of, sales_by_day
from shop.insights.queries.stock import low_stock
from shop.lib.http.answers import page
from shop.lib.money import ZERO, Money
from shop.lib.queries import rows
from shop.staff.charts import revenue_chart
from shop.staff.shell import queue_counts
from shop.stock.queries.low import low_count

bp = Blueprint("staff_dashboard", __name__, url_prefix="/staff")
bp.before_request(require_permission)
DAYS = 30


@bp.get("", strict_slashes=False)
@needs(Permission.DASHBOARD_READ)
def show() -> Response:
    """The dashboard."""
    sales = sales_by_day(2 * DAYS)
    before, month = sales[:DAYS], sales[DAYS:]
    orders = sum(day.orders for day in month)
    revenue, earlier = revenue_of(month), revenue_of(before)
    return page(
        "staff/dashboard/show.html",
        today=month[-1],
        yesterday=month[-2],
        month=month,
        month_revenue=revenue,
        before_revenue=earlier,
        month_orders=orders,
        average=revenue.share(1, orders) if orders else ZERO,
        change=_change(revenue, earlier),
        chart=revenue_chart(month, before),
        queues=queue_counts(),
        latest=rows(desk.orders_matching(desk.OrderFilter()).limit(8)),
        low_count=low_count(),
        low=db.session.execute(low_stock().limit(8)).all(),
    )


def _change(now: Money, earlier: Money) -> tuple[str, str]:
    """How a month compares with the one before it, and the tone to say it in."""
    if not earlier:
        return "Nothing to compare with yet", ""
    percent = (now - earlier).share(100, earlier.minor).minor
    if not percent:
        return "Like the 30 days before", ""
    return (f"{percent} % more than before", "good") if percent > 0 else (f"{-percent} % less than before", "bad")
