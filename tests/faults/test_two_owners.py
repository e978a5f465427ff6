"""Several people at the desk press the same button at once: it counts once, and the books balance."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from shop.extensions import db
from shop.fulfilment import services
from shop.fulfilment.errors import CodeUsedUp, TooManyUnits
from shop.fulfilment.models import CashCollection, Parcel, ParcelLine
from shop.fulfilment.queries import live_parcels, units_left
from shop.lib.queries import rows
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.payments.models import PaymentEntry
from shop.stock.models import StockLevel
from tests.factories import a_variant
from tests.fulfilment.walk import OWNER, STEPS, an_order_that_is, parcel_of
from tests.support.barrier import all_at_once

OWNERS = 8
ROUNDS = 20
pytestmark = pytest.mark.faults


def kinds(told: list[object]) -> dict[str, int]:
    names = [type(one).__name__ for one in told]
    return {name: names.count(name) for name in sorted(set(names))}


def press(app: Flask, order_id: int, state: str) -> dict[str, int]:
    """Everybody takes the same step of one order; says how it ended for each."""

    def take(_number: int) -> None:
        with unit_of_work():
            STEPS[state](db.session.get_one(Order, order_id))

    db.session.commit()
    return kinds(list(all_at_once(app, take, OWNERS)))


@pytest.mark.covers("ORD-03")
def test_an_order_packed_by_many_at_once_is_one_parcel(app: Flask) -> None:
    order_id = an_order_that_is("confirmed")
    assert press(app, order_id, "packed") == {"NoneType": 1, "WrongState": OWNERS - 1}
    assert db.session.scalar(select(func.count(Parcel.id))) == 1


@pytest.mark.covers("ORD-03", "INV-02")
def test_a_parcel_shipped_by_many_at_once_leaves_the_stock_once(app: Flask) -> None:
    variant_id = (variant := a_variant(units=5)).id
    order_id = an_order_that_is("packed", variant)
    assert press(app, order_id, "shipped") == {"NoneType": 1, "WrongState": OWNERS - 1}
    assert db.session.get_one(StockLevel, variant_id, populate_existing=True).on_hand == 4
    assert audit() == []


@pytest.mark.covers("ORD-07")
def test_cash_noted_by_many_at_once_is_one_payment(app: Flask) -> None:
    order_id = an_order_that_is("delivered")

    def collect(_number: int) -> None:
        with unit_of_work():
            services.collect_cash(db.session.get_one(Order, order_id), OWNER)

    db.session.commit()
    assert kinds(list(all_at_once(app, collect, OWNERS))) == {"NoneType": 1, "NothingToCollect": OWNERS - 1}
    assert db.session.scalar(select(func.count(CashCollection.id))) == 1
    assert db.session.scalar(select(func.count(PaymentEntry.id))) == 1
    assert audit() == []


def counted(app: Flask, parcel_id: int) -> int:
    """How many of many simultaneous tries of a code are let through."""

    def guess(_number: int) -> bool:
        try:
            with unit_of_work():
                services.take_attempt(db.session.get_one(Parcel, parcel_id))
        except CodeUsedUp:
            return False
        return True

    return all_at_once(app, guess, OWNERS).count(True)


def counted_without_condition(app: Flask, parcel_id: int) -> int:
    """The control: the number is looked at first and written afterwards."""

    def guess(_number: int) -> bool:
        with unit_of_work(read_only=True):
            failures = db.session.get_one(Parcel, parcel_id).otp_failures
        if failures >= 5:
            return False
        with unit_of_work():
            db.session.execute(update(Parcel).where(Parcel.id == parcel_id).values(otp_failures=failures + 1))
        return True

    return all_at_once(app, guess, OWNERS).count(True)


@pytest.mark.covers("ORD-05")
def test_many_guesses_at_once_are_five_at_most(app: Flask) -> None:
    parcel_id = parcel_of(an_order_that_is("out_for_delivery")).id
    db.session.commit()
    assert counted(app, parcel_id) == 5


@pytest.mark.control
def test_control_looking_before_counting_lets_more_guesses_through(app: Flask) -> None:
    parcel_id = parcel_of(an_order_that_is("out_for_delivery")).id
    let_through = []
    while len(let_through) < ROUNDS and 6 not in let_through:
        db.session.execute(update(Parcel).values(otp_failures=0))
        db.session.commit()
        let_through.append(min(counted_without_condition(app, parcel_id), 6))
    assert 6 in let_through


def packers_let_through(app: Flask, order_id: int, pack: Callable[[Order], None]) -> int:
    """How many of many people may each put two of an order's three units into a parcel of their own."""

    def press(_number: int) -> bool:
        try:
            pack(db.session.get_one(Order, order_id))
        except TooManyUnits:
            return False
        return True

    db.session.commit()
    return all_at_once(app, press, OWNERS).count(True)


def pack_two(order: Order) -> None:
    order_id, line_id = order.id, order.lines[0].id
    db.session.commit()
    with unit_of_work():
        services.pack_units(db.session.get_one(Order, order_id), {line_id: 2}, OWNER)


def pack_two_of_what_was_seen(order: Order) -> None:
    """The control: what is left is looked at first, and packed afterwards."""
    order_id, line_id = order.id, order.lines[0].id
    left = units_left(order, rows(live_parcels(order_id)))
    db.session.commit()
    if left.get(line_id, 0) < 2:
        raise TooManyUnits("", 0)
    with unit_of_work():
        contents = [ParcelLine(order_line_id=line_id, quantity=2)]
        db.session.add(Parcel(order_id=order_id, state="packed", lines=contents))


@pytest.mark.covers("ORD-05")
def test_the_same_units_are_packed_by_one_of_many(app: Flask) -> None:
    order_id = an_order_that_is("confirmed", a_variant(), quantity=3)
    assert packers_let_through(app, order_id, pack_two) == 1
    assert [parcel.units for parcel in rows(live_parcels(order_id))] == [2]
    assert audit() == []


@pytest.mark.control
def test_control_packing_what_was_seen_a_moment_ago_packs_units_twice(app: Flask) -> None:
    for _ in range(ROUNDS):
        order_id = an_order_that_is("confirmed", a_variant(), quantity=3)
        if packers_let_through(app, order_id, pack_two_of_what_was_seen) > 1:
            assert audit() != []
            return
    pytest.fail("nobody packed the same units in 20 rounds")
