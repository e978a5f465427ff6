"""Two at the desk change the lines of one order they both looked at, or one while another packs it: nobody's change is
undone unseen, and what is packed is what the order says (ORD-07)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from shop.checkout.proposals import propose
from shop.extensions import db
from shop.operations.audit import audit
from shop.orders.models import Order
from tests.checkout.buying import an_order_id
from tests.factories import a_variant
from tests.faults.bench.crowd import Answer, Visitor, all_leave, owners_session
from tests.faults.bench.shop import BenchShop
from tests.fulfilment.walk import step
from tests.support import figures
from tests.support.barrier import at_once

ORDERS, CONTROL_ROUNDS = 4, 20
pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class Race:
    """An order of two things, of which one at the desk takes one out while another doubles the other, or packs."""

    order_id: int
    posts: tuple[tuple[str, dict[str, Any]], ...]


def a_race(packs: bool) -> Race:
    first, second = a_variant(price=149900), a_variant(price=99900)
    ids, skus = (first.id, second.id), [first.sku, second.sku]
    order_id = an_order_id(first, second)
    step(order_id, "confirmed")
    order = db.session.get_one(Order, order_id)
    path = f"/staff/orders/{order.number}"
    changes = ((1, 0), (1, 2))
    edits = [(f"{path}/lines/change", {"sku": skus, "quantity": [str(one) for one in units], "edit": "0",
              "seen": str(propose(order, dict(zip(ids, units, strict=True))).quote.total.minor)})
             for units in changes]  # fmt: skip
    return Race(order_id, (edits[0], (f"{path}/parcels", {})) if packs else (edits[0], edits[1]))


def run(shop: BenchShop, packs: bool) -> list[tuple[bool, ...]]:
    """Many races at one moment; of each which of the two posts were let through."""
    with shop.inside():
        races = [a_race(packs) for _ in range(ORDERS)]
    owner = owners_session(shop)
    posts = [post for race in races for post in race.posts]
    people = [Visitor(shop, owner, is_signed_in=True) for _ in posts]
    told = [answer.is_done for answer in at_once(*map(_press, people, posts))]
    all_leave(people)
    return list(zip(told[::2], told[1::2], strict=True))


def _press(visitor: Visitor, post: tuple[str, dict[str, Any]]) -> Callable[[], Answer]:
    return partial(visitor.post, post[0], **post[1])


@pytest.mark.covers("ORD-07")
def test_of_two_who_change_the_order_they_both_saw_one_does(bench: BenchShop) -> None:
    told = run(bench, packs=False)
    bench.settle()
    assert [sum(one) for one in told] == [1] * ORDERS
    with bench.inside():
        assert audit() == []
    figures.note("two change the lines of one order", bench.engine, made=ORDERS)


@pytest.mark.covers("ORD-07")
def test_what_is_packed_is_what_the_order_says(bench: BenchShop) -> None:
    told = run(bench, packs=True)
    bench.settle()
    assert all(packed for _, packed in told)
    with bench.inside():
        assert audit() == []


@pytest.mark.control
def test_control_without_what_they_saw_both_change_it(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("edit_seen")
    rounds = (run(shop, packs=False) for _ in range(CONTROL_ROUNDS))
    assert any(all(one) for told in rounds for one in told)
