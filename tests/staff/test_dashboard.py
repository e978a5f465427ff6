"""The owner's first page."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from shop.extensions import db
from shop.insights.queries.sales import sales_by_day
from shop.lib.clock import now
from shop.orders.models import Order
from shop.staff.charts import nice_step, revenue_chart, short
from tests.checkout.buying import an_order
from tests.factories import a_product, a_user, a_variant, sign_in
from tests.fulfilment.walk import an_order_that_is
from tests.staff.desk import as_role, words
from tests.support.shops import ShopClient
from tests.support.statements import BUDGET, statements


@pytest.mark.covers("ANA-01")
def test_the_dashboard_counts_today_without_cancelled_orders(client: ShopClient) -> None:
    for state in ("placed", "cancelled"):
        order = an_order(a_variant(price=200000))
        db.session.execute(update(Order).where(Order.id == order.id).values(state=state))
    page = words(as_role(client).get("/staff"))
    assert "Revenue today ₹2,000" in page
    assert "Orders today 1" in page


def test_what_waits_is_counted_and_linked(client: ShopClient) -> None:
    an_order_that_is("placed")
    an_order_that_is("packed")
    page = as_role(client).get("/staff")
    assert "To confirm 1" in words(page)
    assert "To ship 1" in words(page)
    assert 'href="/staff/orders?view=ship"' in page.text


@pytest.mark.covers("ANA-02")
def test_sales_are_counted_by_day_also_on_days_without_any(client: ShopClient) -> None:
    order = an_order(a_variant(price=200000))
    db.session.execute(update(Order).where(Order.id == order.id).values(placed_at=now() - timedelta(days=2)))
    days = sales_by_day(30)
    assert len(days) == 30
    assert [day.orders for day in days[-3:]] == [1, 0, 0]
    assert days[-3].revenue.minor == 200000


@pytest.mark.covers("ANA-03")
def test_what_runs_low_is_listed(client: ShopClient) -> None:
    a_product("Harbour tee", units=2)
    a_product("Plenty tee", units=50)
    page = words(as_role(client).get("/staff"))
    assert "Harbour tee" in page
    assert "Running low 1" in page
    assert "Plenty tee" not in page


def test_the_dashboard_stays_within_its_statements(client: ShopClient) -> None:
    for _ in range(3):
        an_order()
    owner = as_role(client)
    with statements() as seen:
        owner.get("/staff")
    assert len(seen) <= BUDGET


def test_an_empty_shop_has_a_dashboard(client: ShopClient) -> None:
    assert "No order yet" in words(as_role(client).get("/staff"))


@pytest.mark.one_engine
def test_the_chart_has_a_point_a_day_and_round_levels(client: ShopClient) -> None:
    chart = revenue_chart(sales_by_day(30), sales_by_day(30))
    assert len(chart.dots) == 30
    assert [nice_step(highest) for highest in (0, 400, 900_000, 9_900_000)] == [100, 100, 250_000, 2_500_000]
    assert [short(minor) for minor in (0, 50_000, 250_000, 15_000_000)] == ["0", "500", "2.5k", "1.5L"]


@pytest.mark.covers("ACC-12")
@pytest.mark.parametrize("path", ["/staff", "/staff/orders", "/staff/products", "/staff/customers"])
def test_the_owners_pages_stay_shut(client: ShopClient, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/login?next=")
    sign_in(client, a_user())
    assert client.get(path).status_code == 403
