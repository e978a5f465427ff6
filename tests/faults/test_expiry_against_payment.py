"""The clock gives up on orders while their buyers pay: each is paid, or given up with the money back."""

import time
from collections.abc import Callable
from functools import partial

import pytest

from tests.factories import a_variant
from tests.faults.bench.books import Books, books_of, orders_of
from tests.faults.bench.carts import write_buyers
from tests.faults.bench.crowd import Answer, Visitor, all_leave
from tests.faults.bench.shop import BenchShop
from tests.support import figures
from tests.support.barrier import at_once

EARLY, LATE, UNITS, PRICE = 4, 8, 5, 149900
ASKED = "expiry.bank_asked"
PAID = Books(("confirmed",), PRICE, PRICE, UNITS - 1)
GIVEN_UP = Books(("cancelled",), 0, 0, UNITS)
pytestmark = pytest.mark.faults


class Customer:
    """A guest who has ordered one unit of a variant of their own, and stands at the bank."""

    def __init__(self, shop: BenchShop) -> None:
        with shop.inside():
            self.variant_id = (variant := a_variant(units=UNITS, price=PRICE)).id
            (session,), total = write_buyers(1, variant, "card")
        self.visitor = Visitor(shop, session)
        self.bank = self.visitor.place_order(total).location

    def pay(self) -> Answer:
        """Use a card, and come back to the shop."""
        back = self.visitor.pay(self.bank)
        return self.visitor.get(back.location)


def run(shop: BenchShop) -> tuple[list[Books], list[Books]]:
    """How it ends for those who pay while the clock, having asked the bank, is about to give up; and for those who
    pay at the moment it goes on.
    """
    customers = [Customer(shop) for _ in range(EARLY + LATE)]
    with shop.inside():
        order_ids = [order.id for customer in customers for order in orders_of(customer.variant_id)]
    shop.work()
    shop.arm(ASKED)
    shop.make_late(order_ids)
    shop.wait_until_at(ASKED)
    for customer in customers[:EARLY]:
        assert customer.pay().is_thanks
    at_once(partial(_go_on, shop), *(customer.pay for customer in customers[EARLY:]))
    all_leave(customer.visitor for customer in customers)
    shop.settle()
    ends = [books_of(shop, customer.variant_id) for customer in customers]
    return ends[:EARLY], ends[EARLY:]


def _go_on(shop: BenchShop) -> None:
    """The clock goes on in the middle of it, a little sooner or later in each run."""
    time.sleep(figures.dice("the clock goes on").uniform(0, 0.3))
    shop.let_go(ASKED)


@pytest.mark.covers("INV-03", "PAY-02")
def test_paying_while_the_clock_gives_up_ends_paid_or_with_the_money_back(bench: BenchShop) -> None:
    early, late = run(bench)
    assert early == [PAID] * EARLY
    assert set(late) <= {PAID, GIVEN_UP}
    ends = {"paid": early.count(PAID) + late.count(PAID), "given_up": late.count(GIVEN_UP)}
    figures.note("12 buyers pay while the clock gives up", bench.engine, **ends)


@pytest.mark.control
def test_control_a_clock_that_does_not_look_again_gives_up_on_paid_orders(
    bench_without: Callable[[str], BenchShop],
) -> None:
    early, _late = run(bench_without("second_look"))
    assert early == [Books(("cancelled",), PRICE, PRICE, UNITS)] * EARLY
