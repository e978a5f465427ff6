"""A surplus the bank refused is tried again and sent as store credit at one moment: it goes back once (PAY-05)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from sqlalchemy import select

from shop.accounts.services.sessions import start_session
from shop.checkout.proposals import propose
from shop.checkout.services import edit_order
from shop.extensions import db
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.models import Payment, SandboxIntent
from shop.payments.queries import refunds_of
from shop.payments.refunds import record_failure
from shop.payments.states import RefundWay
from shop.promotions.credit.queries import balance_of
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_customer, a_user, a_variant
from tests.faults.bench.crowd import Answer, Visitor, all_leave
from tests.faults.bench.shop import BenchShop
from tests.fulfilment.walk import OWNER
from tests.support import figures
from tests.support.barrier import at_once

ORDERS, PRICE = 6, 149900
CONTROL_ROUNDS = 20
WAYS = (RefundWay.ORIGINAL, RefundWay.CREDIT)
pytestmark = pytest.mark.faults


@dataclass(frozen=True)
class Race:
    """A paid order that costs one piece less by now, whose refund the bank refused."""

    order_id: int
    user_id: int
    path: str


def a_race() -> Race:
    shirt, user = a_variant(price=PRICE), a_user()
    ids, order_id = (user.id, shirt.id), an_order_id(shirt, payment="card", quantity=2, visitor=a_customer(user))
    pay(order_id)
    with unit_of_work():
        order = db.session.get_one(Order, order_id)
        edit_order(order, {ids[1]: 1}, (0, propose(order, {ids[1]: 1}).quote.total.minor), "", OWNER)
        (refund,) = rows(refunds_of(order_id))
        record_failure(refund, "The card is closed.")
        return Race(order_id, ids[0], f"/staff/refunds/{refund.id}/attempts")


def run(shop: BenchShop) -> list[tuple[Race, int]]:
    """Many races at one moment; each with how many were let through."""
    with shop.inside():
        races = [a_race() for _ in range(ORDERS)]
        owner = start_session(a_user(role="owner").id, None, "tests").id
        db.session.commit()
    people = [Visitor(shop, owner, is_signed_in=True) for _ in races for _ in WAYS]
    pressed = [(race, way) for race in races for way in WAYS]
    told = at_once(*(_press(person, *one) for person, one in zip(people, pressed, strict=True)))
    all_leave(people)
    done = [answer.is_done for answer in told]
    return [(race, sum(done[2 * place : 2 * place + 2])) for place, race in enumerate(races)]


def _press(visitor: Visitor, race: Race, way: RefundWay) -> Callable[[], Answer]:
    return partial(visitor.post, race.path, way=way.value)


def went_back(shop: BenchShop, race: Race) -> int:
    """What the buyer has again, at the bank and as store credit."""
    with shop.inside():
        references = select(Payment.reference).where(Payment.order_id == race.order_id)
        at_the_bank = db.session.scalars(select(SandboxIntent.refunded).where(SandboxIntent.id.in_(references))).one()
        return at_the_bank.minor + balance_of(race.user_id).minor


@pytest.mark.covers("PAY-05", "ORD-07")
def test_of_two_ways_a_refused_surplus_goes_one(bench: BenchShop) -> None:
    races = run(bench)
    bench.settle()
    assert [number for _, number in races] == [1] * ORDERS
    assert [went_back(bench, race) for race, _ in races] == [PRICE] * ORDERS
    with bench.inside():
        assert audit() == []
    figures.note("a refused surplus goes two ways", bench.engine, made=ORDERS)


@pytest.mark.control
def test_control_sent_as_it_was_seen_it_goes_both_ways(bench_without: Callable[[str], BenchShop]) -> None:
    shop = bench_without("state_condition")
    rounds = (run(shop) for _ in range(CONTROL_ROUNDS))
    assert any(number == 2 for races in rounds for _, number in races)
