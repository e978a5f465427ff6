"""Two hundred buyers and ten units: exactly ten are sold, and everybody is told clearly."""

from collections import Counter
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

BUYERS, UNITS, ROUNDS = 200, 10, 10
CONTROL_ROUNDS = 20
pytestmark = pytest.mark.faults


def sell_out(shop: BenchShop) -> tuple[int, Counter[str]]:
    """How many units were ordered of a variant that all want at once, and what the buyers were told."""
    with shop.inside():
        variant_id = (variant := a_variant(units=UNITS)).id
        sessions, total = write_buyers(BUYERS, variant)
    buyers = [Visitor(shop, session) for session in sessions]
    told = at_once(*(partial(buyer.place_order, total) for buyer in buyers))
    all_leave(buyers)
    with shop.inside():
        sold = select(func.sum(OrderLine.quantity)).where(OrderLine.variant_id == variant_id)
        return db.session.scalar(sold) or 0, Counter(map(kind_of, told))


def kind_of(answer: Answer) -> str:
    """Thanked, told that it is sold out, or whatever else must not happen."""
    if answer.is_thanks:
        return "sold"
    if (answer.status, answer.location) == (303, "/cart") and answer.refusal.endswith("is sold out."):
        return "sold_out"
    return str(answer)


@pytest.mark.covers("INV-01", "ORD-01")
def test_ten_units_wanted_by_two_hundred_at_once_are_sold_to_exactly_ten(bench: BenchShop) -> None:
    for _ in range(ROUNDS):
        sold, told = sell_out(bench)
        assert (sold, told) == (UNITS, {"sold": UNITS, "sold_out": BUYERS - UNITS})
        figures.note("200 buyers at once, 10 units", bench.engine, **told)
    bench.audit()


@pytest.mark.control
def test_control_looking_first_and_writing_later_sells_what_is_not_there(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("stock_condition")
    assert any(sell_out(shop)[0] > UNITS for _ in range(CONTROL_ROUNDS))
