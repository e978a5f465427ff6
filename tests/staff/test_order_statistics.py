"""Orders of a period in figures."""

from __future__ import annotations

import pytest

from shop.aftersales.services import cancel_order
from shop.insights.queries.orders import orders_by
from shop.lib.actor import SYSTEM
from shop.store.days import today
from tests.checkout.buying import an_order_id
from tests.fulfilment.walk import act, an_order_that_is, order_of
from tests.staff.desk import words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements

PATH = "/staff/orders/statistics"


@pytest.mark.covers("ORD-07")
def test_orders_are_counted_by_state_payment_and_way(owner: ShopClient) -> None:
    cash, gone = an_order_that_is("confirmed"), an_order_that_is("placed")
    an_order_id(payment="card")
    act(cancel_order, order_of(gone), SYSTEM)
    for what, found in (
        ("state", {"confirmed": 1, "placed": 1, "cancelled": 1}),
        ("standing", {"pending": 2, "cancelled": 1}),
        ("method", {"cod": 2, "card": 1}),
    ):
        counted = orders_by(what, today(), today())
        assert {one.code: one.orders for one in counted} == found
        assert sum(one.total.minor for one in counted) == 3 * order_of(cash).total.minor
    page = words(owner.get(PATH))
    assert "Placed 3" in page
    assert "Sold 2" in page
    assert "Confirmed 1" in page


@pytest.mark.covers("ORD-07")
@pytest.mark.parametrize("query", ["since=2020-01-01&until=2020-01-31", "until=2019-12-31"])
def test_other_days_are_other_orders(owner: ShopClient, query: str) -> None:
    an_order_id()
    assert "No orders in this period" in words(owner.get(f"{PATH}?{query}"))


@pytest.mark.parametrize("query", [
    "since=0001-01-01", "until=9999-12-31", "since=x", "since=2090-01-01", "since=2020-02-01&until=2020-01-01",
    "since=2019-01-01&until=2021-01-01", "until=0001-01-01",
])  # fmt: skip
def test_odd_days_count_as_the_last_thirty(owner: ShopClient, query: str) -> None:
    an_order_id()
    assert "Placed 1 30 days" in words(owner.get(f"{PATH}?{query}"))


def test_a_year_costs_no_more_than_a_week(owner: ShopClient) -> None:
    for _ in range(3):
        an_order_id()
    owner.get(PATH)
    with statements() as week:
        owner.get(PATH)
    with statements() as year:
        owner.get(f"{PATH}?since={today().replace(year=today().year - 1)}")
    assert len(year) == len(week) <= BUDGET
