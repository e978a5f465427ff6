"""A hundred buyers with a coupon that counts once: exactly one has it, and the others hear so before they pay."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count

import pytest
from sqlalchemy import func, select, update

from shop.accounts.visitor import Visitor as Person
from shop.cart.models import Cart
from shop.extensions import db
from shop.orders.models import Order
from shop.promotions.models import Redemption
from tests.checkout.buying import total_of
from tests.conftest import IS_LONG
from tests.factories import a_variant
from tests.faults.bench.carts import write_buyers
from tests.faults.bench.crowd import Answer, Visitor, all_leave
from tests.faults.bench.shop import BenchShop
from tests.promotions.making import a_coupon
from tests.support import figures
from tests.support.barrier import at_once

BUYERS, ROUNDS = (100, 10) if IS_LONG else (24, 1)
CONTROL_ROUNDS = 20
codes = count(1)
pytestmark = pytest.mark.faults


def use_up(shop: BenchShop) -> tuple[int, int, Counter[str]]:
    """How many orders got the coupon that all of them gave, how many uses were written, and what buyers were told."""
    code = f"ONCE{next(codes)}"
    with shop.inside():
        coupon_id = a_coupon(code, uses_limit=1).id
        variant = a_variant(units=2 * BUYERS)
        variant_id, (sessions, _) = variant.id, write_buyers(BUYERS, variant)
        db.session.execute(update(Cart).where(Cart.session_id.in_(sessions)).values(coupon_code=code))
        db.session.commit()
        total = total_of(Person(session_id=sessions[0]))
    buyers = [Visitor(shop, session) for session in sessions]
    told = at_once(*(partial(buyer.place_order, total) for buyer in buyers))
    all_leave(buyers)
    with shop.inside():
        cheaper = select(func.count()).select_from(Order).where(
            Order.discount > 0, Order.lines.any(variant_id=variant_id)
        )  # fmt: skip
        uses = select(func.count(Redemption.id)).where(Redemption.promotion_id == coupon_id)
        return db.session.scalar(cheaper) or 0, db.session.scalar(uses) or 0, Counter(map(kind_of, told))


def kind_of(answer: Answer) -> str:
    """Thanked, told that it is used up or that the price is another one now, or whatever else must not happen."""
    if answer.is_thanks:
        return "has it"
    is_told = (answer.status, answer.location) == (303, "/cart") and "used for the last time" in answer.refusal
    return "told" if is_told or answer.status == 409 else str(answer)


@pytest.mark.covers("PRO-02")
def test_a_coupon_that_counts_once_is_used_by_exactly_one_of_a_hundred_at_once(bench: BenchShop) -> None:
    for _ in range(ROUNDS):
        orders, uses, told = use_up(bench)
        assert (orders, uses, told) == (1, 1, {"has it": 1, "told": BUYERS - 1})
        figures.note("100 uses of a one-use coupon at once", bench.engine, **told)
    bench.audit()


@pytest.mark.control
def test_control_counting_first_and_writing_later_lets_a_coupon_be_used_twice(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("coupon_slots")
    assert any(use_up(shop)[1] > 1 for _ in range(CONTROL_ROUNDS))
