"""Two at the desk give the same pieces back at one moment: one of them does, and the bank gives that much (PAY-05)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import func, select

from shop.extensions import db
from shop.orders.models import Order
from shop.payments.models import Payment, Refund, SandboxIntent
from shop.payments.states import RefundState
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_variant
from tests.faults.bench.crowd import Answer, Visitor, all_leave, owners_session
from tests.faults.bench.shop import BenchShop
from tests.support import figures
from tests.support.barrier import at_once

ORDERS, PRICE = 6, 149900
CONTROL_ROUNDS = 20
pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class Race:
    """A paid order of three pieces, of which each of two wants to give back two."""

    order_id: int
    path: str
    units: str


def a_race() -> Race:
    order_id = an_order_id(a_variant(price=PRICE), payment="card", quantity=3)
    pay(order_id)
    order = db.session.get_one(Order, order_id)
    return Race(order_id, f"/staff/orders/{order.number}/refund", f"units-{order.lines[0].id}")


def run(shop: BenchShop) -> list[tuple[Race, int]]:
    """Many races at one moment; each with how many were let through."""
    with shop.inside():
        races = [a_race() for _ in range(ORDERS)]
    owner = owners_session(shop)
    pressed = [(race, f"a-key-of-desk-{desk}") for race in races for desk in range(2)]
    people = [Visitor(shop, owner, is_signed_in=True) for _ in pressed]
    told = at_once(*(_press(person, *one) for person, one in zip(people, pressed, strict=True)))
    all_leave(people)
    done = [answer.is_done for answer in told]
    return [(race, sum(done[2 * place : 2 * place + 2])) for place, race in enumerate(races)]


def _press(visitor: Visitor, race: Race, key: str) -> Callable[[], Answer]:
    fields = {race.units: "2", "way": "original", "reason": "Faded", "key": key}
    return partial(visitor.post, race.path, **fields)


def given_back(shop: BenchShop, race: Race) -> tuple[int, int]:
    """What the shop owes or gave back, and what the bank gave."""
    with shop.inside():
        mine = (Payment.order_id == race.order_id, Refund.state != RefundState.FAILED)
        owed = db.session.scalar(select(func.sum(Refund.amount)).join(Payment).where(*mine))
        references = select(Payment.reference).where(Payment.order_id == race.order_id)
        bank = db.session.scalar(select(func.sum(SandboxIntent.refunded)).where(SandboxIntent.id.in_(references)))
        return owed.minor if owed else 0, bank.minor if bank else 0


@pytest.mark.covers("PAY-05")
def test_of_two_refunds_of_the_same_pieces_one_is_made(bench: BenchShop) -> None:
    races = run(bench)
    bench.settle()
    assert [number for _, number in races] == [1] * ORDERS
    assert [given_back(bench, race) for race, _ in races] == [(2 * PRICE, 2 * PRICE)] * ORDERS
    figures.note("two refund the same pieces", bench.engine, made=ORDERS)


@pytest.mark.control
def test_control_not_counting_what_is_on_its_way_gives_it_back_twice(
    bench_without: Callable[[str], BenchShop],
) -> None:
    shop = bench_without("pending_refunds")
    rounds = (run(shop) for _ in range(CONTROL_ROUNDS))
    assert any(number == 2 for races in rounds for _, number in races)
