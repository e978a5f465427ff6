"""One cancels while the other packs or ships: exactly one of them wins, and goods and money follow the winner."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from shop.accounts.services.sessions import start_session
from shop.extensions import db
from shop.orders.models import Order
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_user, a_variant
from tests.faults.bench.books import Books, books_of
from tests.faults.bench.crowd import Answer, Visitor, all_leave
from tests.faults.bench.shop import BenchShop
from tests.fulfilment.walk import parcel_of, step
from tests.support import figures
from tests.support.barrier import at_once

PAIRS, UNITS, PRICE = 6, 5, 149900
CONTROL_ROUNDS = 20
BOOKS_AFTER = {
    "cancellation": Books(("cancelled",), 0, 0, UNITS),
    "parcels": Books(("packed",), PRICE, PRICE, UNITS - 1),
    "shipment": Books(("shipped",), PRICE, PRICE, UNITS - 1),
}
pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class Race:
    """Two posts about one paid order of which only one may succeed."""

    variant_id: int
    cancellation: str
    other: str


def a_race_to_pack() -> Race:
    """The buyer cancels by the order's link while the owner packs."""
    variant_id, order_id = a_paid_order()
    order = db.session.get_one(Order, order_id)
    return Race(variant_id, f"/order/{order.token}/cancellation", f"/staff/orders/{order.number}/parcels")


def a_race_to_ship() -> Race:
    """One at the desk cancels a packed order while another hands it to the carrier."""
    variant_id, order_id = a_paid_order()
    step(order_id, "packed")
    number, parcel_id = db.session.get_one(Order, order_id).number, parcel_of(order_id).id
    return Race(variant_id, f"/staff/orders/{number}/cancellation", f"/staff/parcels/{parcel_id}/shipment")


def a_paid_order() -> tuple[int, int]:
    """The ids of a variant and of an order of one unit of it, paid by card; committed."""
    variant_id = (variant := a_variant(units=UNITS, price=PRICE)).id
    order_id = an_order_id(variant, payment="card")
    pay(order_id)
    return variant_id, order_id


def run(shop: BenchShop) -> list[tuple[Race, bool, bool]]:
    """Many races at one moment; each with whether the cancellation and the other post were let through."""
    with shop.inside():
        races = [make() for _ in range(PAIRS) for make in (a_race_to_pack, a_race_to_ship)]
        owner = start_session(a_user(role="owner").id, None, "tests").id
        db.session.commit()
    posts = [path for race in races for path in (race.cancellation, race.other)]
    people = [Visitor(shop, owner, is_signed_in=True) if "/staff/" in path else Visitor(shop) for path in posts]
    told = [answer.is_done for answer in at_once(*map(_press, people, posts))]
    all_leave(people)
    return list(zip(races, told[::2], told[1::2], strict=True))


def _press(visitor: Visitor, path: str) -> Callable[[], Answer]:
    return partial(visitor.post, path, reason="Changed my mind", carrier="Blue Dart", tracking_number="BD 1")


@pytest.mark.covers("ORD-03", "ORD-06")
def test_of_cancelling_and_sending_exactly_one_wins_and_the_books_follow(bench: BenchShop) -> None:
    races = run(bench)
    bench.settle()
    for race, cancelled, sent in races:
        assert cancelled != sent
        winner = race.cancellation if cancelled else race.other
        assert books_of(bench, race.variant_id) == BOOKS_AFTER[winner.rpartition("/")[2]]
        figures.note("one cancels while one packs or ships", bench.engine, cancelled=cancelled, sent=sent)


@pytest.mark.control
def test_control_moving_from_the_state_once_seen_lets_both_win(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("state_condition")
    rounds = (run(shop) for _ in range(CONTROL_ROUNDS))
    assert any(cancelled and sent for races in rounds for _race, cancelled, sent in races)
