"""Money comes for orders that ran out of time while others buy the goods: one of the two has the piece, and whoever
has not is not charged (ORD-03).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import update

from shop.checkout.services import expire_order
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.payments.gateways.sandbox import services as bank
from tests.checkout.buying import CARD_SILENT
from tests.factories import a_variant
from tests.faults.bench.books import Books, books_of, orders_of
from tests.faults.bench.carts import write_buyers
from tests.faults.bench.crowd import Visitor, all_leave
from tests.faults.bench.shop import BenchShop
from tests.support import figures
from tests.support.barrier import at_once

PIECES, PRICE, CONTROL_ROUNDS = 6, 149900, 20
REVIVED = Books(("confirmed",), PRICE, PRICE, 0)
GIVEN_BACK = Books(("cancelled", "placed"), 0, 0, 0)
pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class LastPiece:
    """One piece that a buyer pays at a bank that tells nobody, while another has it in the bag."""

    variant_id: int
    first: Visitor
    intent_id: str
    other: Visitor
    total: int

    @classmethod
    def of(cls, shop: BenchShop) -> "LastPiece":
        with shop.inside():
            variant_id = (variant := a_variant(units=1, price=PRICE)).id
            (paying,), total = write_buyers(1, variant, "card")
            (other,), _ = write_buyers(1, variant)
        first = Visitor(shop, paying)
        at_the_bank = first.place_order(total).location
        first.pay(at_the_bank, CARD_SILENT)
        return cls(variant_id, first, at_the_bank.removeprefix("/bank/"), Visitor(shop, other), total)

    def give_up(self, shop: BenchShop) -> None:
        """What the clock does that is a little faster than the bank; the money is found a moment later."""
        with shop.inside():
            order_id = orders_of(self.variant_id)[0].id
            db.session.rollback()
            with unit_of_work():
                bank.settle_silent(self.intent_id)
                db.session.execute(update(Order).where(Order.id == order_id).values(unpaid_until=now()))
            assert expire_order(order_id)


def run(shop: BenchShop) -> list[Books]:
    """How it ends for many such pieces, all at one moment."""
    shop.work()
    pieces = [LastPiece.of(shop) for _ in range(PIECES)]
    at_once(*(partial(piece.give_up, shop) for piece in pieces), *(partial(_late, piece) for piece in pieces))
    shop.wait_for(lambda: shop.owed() == 0)
    all_leave(visitor for piece in pieces for visitor in (piece.first, piece.other))
    return [books_of(shop, piece.variant_id) for piece in pieces]


def _late(piece: LastPiece) -> None:
    """The other buyer comes a little sooner or later in each run, while the piece is free."""
    time.sleep(figures.dice("another wants the piece").uniform(0, 0.5))
    piece.other.place_order(piece.total)


@pytest.mark.covers("ORD-03", "INV-03")
def test_late_money_has_the_piece_or_goes_back(bench: BenchShop) -> None:
    ends = run(bench)
    bench.audit()
    assert set(ends) <= {REVIVED, GIVEN_BACK}
    counts = {"taken_on_again": ends.count(REVIVED), "given_back": ends.count(GIVEN_BACK)}
    figures.note("late money and another buyer want the last piece", bench.engine, **counts)


@pytest.mark.control
def test_control_taking_on_again_without_a_hold_sells_the_piece_twice(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("stock_at_revival")
    ends = (end for _ in range(CONTROL_ROUNDS) for end in run(shop))
    assert any(end.states == ("confirmed", "placed") for end in ends)
