"""Kill -9 at every step of checkout and payment: no order is lost or doubled, no money is kept or taken twice."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from tests.factories import a_variant
from tests.faults.bench.books import Books, books_of, orders_of
from tests.faults.bench.carts import write_buyers
from tests.faults.bench.crowd import Visitor
from tests.faults.bench.shop import BenchShop
from tests.support import figures

BEFORE_COMMIT = "checkout.goods_held"
AFTER_COMMIT = ("payment.order_placed", "payment.intent_opened", "payment.bank_answered", "payment.settled")
UNITS = 5
GIVEN_UP = Books(("cancelled",), 0, 0, UNITS)
pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class Buyer:
    """A guest with one unit of a variant of their own in the bag."""

    session: str
    variant_id: int
    total: int

    def buy(self, shop: BenchShop) -> bool:
        """Go the whole way from the last step to the thanks, or as far as the power lasts."""
        visitor = Visitor(shop, self.session)
        answer = visitor.buy(self.total)
        visitor.leave()
        return answer.is_thanks


def bought(buyer: Buyer) -> Books:
    """What the books say when a buyer has one order, paid once."""
    return Books(("confirmed",), buyer.total, buyer.total, UNITS - 1)


def a_buyer(shop: BenchShop) -> Buyer:
    with shop.inside():
        variant_id = (variant := a_variant(units=UNITS)).id
        (session,), total = write_buyers(1, variant, "card")
        return Buyer(session, variant_id, total)


def cut_power_at(shop: BenchShop, *points: str) -> list[Buyer]:
    """Let a buyer come as far as each point, and end every process while all are there; returns the buyers.

    Who has written and not committed comes last: on SQLite everybody else would wait for them.
    """
    buyers = [a_buyer(shop) for _ in points]
    with ThreadPoolExecutor(len(points)) as pool:
        for buyer, point in zip(buyers, points, strict=True):
            shop.catch_up()
            shop.arm(point)
            pool.submit(buyer.buy, shop)
            shop.wait_until_at(point)
        shop.cut_power()
    return buyers


def start_much_later(shop: BenchShop, buyers: Sequence[Buyer]) -> None:
    """Nobody came back: the leases of the dead processes and the time to pay have run out."""
    with shop.inside():
        order_ids = [order.id for buyer in buyers for order in orders_of(buyer.variant_id)]
    shop.make_late(order_ids)
    shop.end_leases()
    shop.start()


@pytest.mark.covers("ORD-01", "PAY-02")
def test_buyers_who_come_back_after_a_power_cut_have_one_order_paid_once(bench: BenchShop) -> None:
    buyers = cut_power_at(bench, *AFTER_COMMIT, BEFORE_COMMIT)
    bench.start()
    for buyer in buyers:
        assert buyer.buy(bench)
        assert books_of(bench, buyer.variant_id) == bought(buyer)
    bench.audit()
    figures.note("kill -9 in checkout and payment, buyers come back", bench.engine, paid_once=len(buyers))


@pytest.mark.covers("PAY-02", "INV-03")
def test_after_a_power_cut_the_clock_sorts_out_who_never_comes_back(bench: BenchShop) -> None:
    """What nobody paid is given up, and money that the bank took is found."""
    unpaid, opened, answered, settled, unwritten = cut_power_at(bench, *AFTER_COMMIT, BEFORE_COMMIT)
    start_much_later(bench, (unpaid, opened, answered, settled))
    bench.settle()
    for buyer in (unpaid, opened):
        assert books_of(bench, buyer.variant_id) == GIVEN_UP
    for buyer in (answered, settled):
        assert books_of(bench, buyer.variant_id) == bought(buyer)
    assert books_of(bench, unwritten.variant_id) == Books((), 0, 0, UNITS)
    figures.note("kill -9 in checkout and payment, buyers stay away", bench.engine, found_paid=2, given_up=2, undone=1)


@pytest.mark.covers("PAY-05")
def test_power_cut_between_the_banks_refund_and_our_note_gives_money_back_once(bench: BenchShop) -> None:
    buyer = refund_cut_short(bench)
    bench.settle()
    assert books_of(bench, buyer.variant_id) == GIVEN_UP
    figures.note("kill -9 in a refund", bench.engine, paid_back_once=1)


def refund_cut_short(shop: BenchShop) -> Buyer:
    """A paid order is cancelled, and the power goes while the money is on its way back."""
    buyer = a_buyer(shop)
    assert buyer.buy(shop)
    with shop.inside():
        (order,) = orders_of(buyer.variant_id)
        cancellation = f"/order/{order.token}/cancellation"
    shop.work()
    shop.arm("payment.given_back")
    assert Visitor(shop, buyer.session).post(cancellation).status == 303
    shop.wait_until_at("payment.given_back")
    shop.cut_power()
    start_much_later(shop, [])
    return buyer


@pytest.mark.control
def test_control_an_order_written_in_two_units_is_left_half_written(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("one_unit")
    cut_power_at(shop, BEFORE_COMMIT)
    with pytest.raises(RuntimeError, match="BROKEN"):
        shop.audit()


@pytest.mark.control
def test_control_without_the_key_who_comes_back_buys_twice(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("key")
    (buyer,) = cut_power_at(shop, "payment.order_placed")
    shop.start()
    assert buyer.buy(shop)
    assert len(books_of(shop, buyer.variant_id).states) > 1


@pytest.mark.control
def test_control_a_clock_that_does_not_ask_the_bank_loses_money(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("asking_the_bank")
    (buyer,) = cut_power_at(shop, "payment.bank_answered")
    start_much_later(shop, [buyer])
    shop.settle()
    assert books_of(shop, buyer.variant_id) == replace(GIVEN_UP, at_the_bank=buyer.total)


@pytest.mark.control
def test_control_a_refund_noted_before_the_bank_is_asked_never_arrives(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("note_after_the_bank")
    buyer = refund_cut_short(shop)
    shop.settle()
    assert books_of(shop, buyer.variant_id) == replace(GIVEN_UP, at_the_bank=buyer.total)
