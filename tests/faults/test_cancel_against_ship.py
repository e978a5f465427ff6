"""One cancels, all of an order or its rest, or unpacks while the other packs or ships: exactly one of them wins, and
goods and money follow the winner."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from shop.extensions import db
from shop.orders.models import Order
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_variant
from tests.faults.bench.books import Books, books_of
from tests.faults.bench.crowd import Answer, Visitor, all_leave, owners_session
from tests.faults.bench.shop import BenchShop
from tests.fulfilment.several import bring, pack
from tests.fulfilment.walk import order_of, parcel_of, step
from tests.support import figures
from tests.support.barrier import at_once

PAIRS, UNITS, PRICE = 4, 5, 149900
CONTROL_ROUNDS = 20
CANCELLED = Books(("cancelled",), 0, 0, UNITS)
UNPACKED = Books(("confirmed",), PRICE, PRICE, UNITS - 1)
PACKED = Books(("packed",), PRICE, PRICE, UNITS - 1)
SHIPPED = Books(("shipped",), PRICE, PRICE, UNITS - 1)
BOTH_SHIPPED = Books(("shipped",), 2 * PRICE, 2 * PRICE, UNITS - 2)
pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class Race:
    """Two posts about one paid order of which only one may succeed, and the books after the one or the other."""

    variant_id: int
    cancellation: str
    other: str
    after: tuple[Books, Books]


def a_race_to_pack() -> Race:
    """The buyer cancels by the order's link while the owner packs."""
    variant_id, order_id = a_paid_order()
    order = db.session.get_one(Order, order_id)
    return Race(variant_id, f"/order/{order.token}/cancellation", f"/staff/orders/{order.number}/parcels",
                (CANCELLED, PACKED))  # fmt: skip


def a_race_to_ship() -> Race:
    """One at the desk cancels a packed order while another hands it to the carrier."""
    variant_id, order_id = a_paid_order()
    step(order_id, "packed")
    number, parcel_id = db.session.get_one(Order, order_id).number, parcel_of(order_id).id
    ways = (f"/staff/orders/{number}/cancellation", f"/staff/parcels/{parcel_id}/shipment")
    return Race(variant_id, *ways, (CANCELLED, SHIPPED))


def a_race_to_unpack() -> Race:
    """One at the desk takes a parcel apart while another hands it to the carrier."""
    variant_id, order_id = a_paid_order()
    step(order_id, "packed")
    path = f"/staff/parcels/{parcel_of(order_id).id}"
    return Race(variant_id, f"{path}/unpacking", f"{path}/shipment", (UNPACKED, SHIPPED))


def a_race_for_the_rest() -> Race:
    """Of two parcels one has left; one at the desk cancels the rest while another hands it to the carrier."""
    variant_id, order_id = a_paid_order(quantity=2)
    first, second = pack(order_id, 1), pack(order_id, 1)
    bring(first, "shipped")
    ways = (f"/staff/orders/{order_of(order_id).number}/rest/cancellation", f"/staff/parcels/{second}/shipment")
    return Race(variant_id, *ways, (SHIPPED, BOTH_SHIPPED))


def a_paid_order(quantity: int = 1) -> tuple[int, int]:
    """The ids of a variant and of an order of units of it, paid by card; committed."""
    variant_id = (variant := a_variant(units=UNITS, price=PRICE)).id
    order_id = an_order_id(variant, payment="card", quantity=quantity)
    pay(order_id)
    return variant_id, order_id


MAKE = (a_race_to_pack, a_race_to_ship, a_race_to_unpack, a_race_for_the_rest)


def run(shop: BenchShop) -> list[tuple[Race, bool, bool]]:
    """Many races at one moment; each with whether the cancellation and the other post were let through."""
    with shop.inside():
        races = [make() for _ in range(PAIRS) for make in MAKE]
    owner = owners_session(shop)
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
        assert books_of(bench, race.variant_id) == race.after[0 if cancelled else 1]
        figures.note("one cancels while one packs or ships", bench.engine, cancelled=cancelled, sent=sent)


@pytest.mark.control
def test_control_moving_from_the_state_once_seen_lets_both_win(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("state_condition")
    rounds = (run(shop) for _ in range(CONTROL_ROUNDS))
    assert any(cancelled and sent for races in rounds for _race, cancelled, sent in races)
