"""Orders of a period: by day, by state, by how they are paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, request, url_for
from wtforms import DateField
from wtforms.validators import Optional

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.insights.queries.orders import Counted, orders_by
from shop.insights.queries.sales import revenue_of, sales_between
from shop.lib.http.answers import page
from shop.staff import words
from shop.staff.charts import revenue_chart, shares
from shop.staff.forms import StaffForm
from shop.store.days import today

bp = Blueprint("staff_order_statistics", __name__, url_prefix="/staff/orders/statistics")
bp.before_request(require_permission)
USUAL, LONGEST, EARLIEST = 30, 366, date(2000, 1, 1)
PERIODS = {7: "7 days", 30: "30 days", 90: "90 days", 365: "A year"}


class PeriodForm(StaffForm):
    """From which day to which; what makes no sense counts as the last 30 days."""

    since = DateField("From", validators=[Optional()])
    until = DateField("To", validators=[Optional()])

    def days(self) -> tuple[date, date]:
        """The first and the last day, at most a year apart."""
        last = min(max(self.until.data or today(), EARLIEST), today())
        first = self.since.data or last - timedelta(days=USUAL - 1)
        if not EARLIEST <= last - timedelta(days=LONGEST - 1) <= first <= last:
            return today() - timedelta(days=USUAL - 1), today()
        return first, last


@dataclass(frozen=True)
class Part:
    """One way to count the orders: its title, and its rows: in the owner's words, counted, how long the bar is."""

    title: str
    rows: list[tuple[str, Counted, int]]


@bp.get("")
@needs(Permission.ORDER_READ)
def show() -> Response:
    """Seven statements, however long the period."""
    form = PeriodForm(request.args)
    first, last = form.days()
    form.since.data, form.until.data = first, last
    days = (last - first).days + 1
    sales = sales_between(first - timedelta(days=days), last)
    before, month = sales[:days], sales[days:]
    return page(
        "staff/orders/statistics.html",
        form=form,
        periods=_periods(first, last),
        month=month,
        month_revenue=revenue_of(month),
        before_revenue=revenue_of(before),
        sold=sum(day.orders for day in month),
        chart=revenue_chart(month, before),
        parts=_parts(first, last),
    )


def _parts(first: date, last: date) -> list[Part]:
    named: dict[str, tuple[str, Callable[[str], str]]] = {
        "state": ("By state", lambda code: words.order_state(code)[0]),
        "standing": ("By payment", lambda code: words.standing(code)[0]),
        "method": ("By way to pay", words.method),
    }
    return [_part(title, orders_by(what, first, last), name) for what, (title, name) in named.items()]


def _part(title: str, counted: list[Counted], name: Callable[[str], str]) -> Part:
    lengths = shares([one.orders for one in counted])
    return Part(title, [(name(one.code), one, length) for one, length in zip(counted, lengths, strict=True)])


def _periods(first: date, last: date) -> list[dict[str, object]]:
    """Periods that end today, as tabs."""
    return [
        {
            "title": title,
            "url": url_for(".show", since=(since := today() - timedelta(days=days - 1)).isoformat()),
            "is_current": (first, last) == (since, today()),
        }
        for days, title in PERIODS.items()
    ]
