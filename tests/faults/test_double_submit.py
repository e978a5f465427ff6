"""A double click, a retry, two windows: one key makes one order, and everyone is led to it."""

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import func, select

from shop.extensions import db
from shop.orders.models import OrderLine
from tests.factories import a_variant
from tests.faults.bench.carts import write_buyers
from tests.faults.bench.crowd import Answer, Visitor, all_leave
from tests.faults.bench.shop import BenchShop
from tests.support import figures
from tests.support.barrier import at_once

CLICKS, ROUNDS = 20, 5
pytestmark = pytest.mark.faults


def click(shop: BenchShop, payment: str) -> tuple[int, set[Answer]]:
    """How many orders one buyer's simultaneous clicks made, and the different answers to them."""
    with shop.inside():
        variant_id = (variant := a_variant(units=50)).id
        (session,), total = write_buyers(1, variant, payment)
    windows = [Visitor(shop, session) for _ in range(CLICKS)]
    told = at_once(*(partial(window.place_order, total) for window in windows))
    all_leave(windows)
    with shop.inside():
        made = select(func.count(OrderLine.id)).where(OrderLine.variant_id == variant_id)
        return db.session.scalar(made) or 0, set(told)


@pytest.mark.covers("ORD-01")
@pytest.mark.parametrize(("payment", "leads_to"), [("cod", "/order/"), ("card", "/bank/sbx_")])
def test_twenty_clicks_with_one_key_make_one_order_and_all_lead_to_it(
    bench: BenchShop, payment: str, leads_to: str
) -> None:
    for _ in range(ROUNDS):
        orders, told = click(bench, payment)
        (answer,) = told
        assert (orders, answer.is_done) == (1, True)
        assert answer.location.startswith(leads_to)
        figures.note("20 identical posts with one key", bench.engine, orders=orders, led_to_it=CLICKS)
    bench.audit()


@pytest.mark.control
def test_control_without_the_key_and_the_emptied_bag_a_double_click_buys_twice(
    bench_without: Callable[[str], BenchShop],
) -> None:
    assert click(bench_without("key"), "cod")[0] > 1
