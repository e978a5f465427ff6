"""From a confirmed order to the courier, and what follows it."""

import pytest
from flask import Flask
from sqlalchemy import select

from shop.extensions import db
from shop.fulfilment import services
from shop.fulfilment.errors import NotPaidYet, ReasonMissing
from shop.lib.models import OutboxEvent
from shop.lib.states import WrongState
from shop.operations.audit import audit
from shop.orders.models import OrderHistory
from shop.orders.states import OrderState
from shop.stock.models import LedgerEntry, StockLevel
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_variant
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, parcel_of, step


@pytest.mark.covers("ORD-03")
def test_an_order_follows_its_parcel_to_the_door(app: Flask) -> None:
    order_id = an_order_that_is("delivered")
    order = order_of(order_id)
    assert order.state == OrderState.DELIVERED
    assert order.delivered_at == parcel_of(order_id).delivered_at
    assert audit() == []


@pytest.mark.covers("ORD-04")
def test_every_step_is_written_with_who_and_what(app: Flask) -> None:
    order_id = an_order_that_is("shipped")
    told = select(OrderHistory).where(OrderHistory.order_id == order_id).order_by(OrderHistory.id)
    rows = list(db.session.scalars(told))
    assert [row.to_state for row in rows] == ["placed", "confirmed", "packed", "shipped"]
    assert (rows[-1].actor, rows[-1].note) == ("Meera", "Blue Dart BD 123")


@pytest.mark.covers("ORD-03")
def test_a_prepaid_order_is_not_confirmed_before_it_is_paid(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    with pytest.raises(NotPaidYet):
        act(services.confirm_order, order_of(order_id), OWNER)
    assert order_of(order_id).state == OrderState.PLACED


def test_a_paid_order_confirms_itself_and_is_packed(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    pay(order_id)
    step(order_id, "packed", "shipped")
    assert order_of(order_id).state == OrderState.SHIPPED
    assert audit() == []


@pytest.mark.covers("ORD-03")
@pytest.mark.parametrize(("state", "again"), [("packed", "confirmed"), ("packed", "packed"), ("placed", "packed")])
def test_a_step_out_of_order_is_refused_in_words(app: Flask, state: str, again: str) -> None:
    order_id = an_order_that_is(state)
    with pytest.raises(WrongState, match=f"This order is {state}, so it cannot become {again}"):
        step(order_id, again)


def test_a_parcel_is_shipped_once(app: Flask) -> None:
    variant_id = (variant := a_variant(units=3)).id
    order_id = an_order_that_is("shipped", variant)
    with pytest.raises(WrongState):
        step(order_id, "shipped")
    assert db.session.get_one(StockLevel, variant_id).on_hand == 2


@pytest.mark.covers("INV-02")
def test_goods_leave_the_stock_when_the_carrier_takes_them(app: Flask) -> None:
    variant_id = (variant := a_variant(units=3)).id
    order_id = an_order_that_is("packed", variant)
    level = db.session.get_one(StockLevel, variant_id)
    assert (level.on_hand, level.reserved) == (3, 1)
    step(order_id, "shipped")
    level = db.session.get_one(StockLevel, variant_id, populate_existing=True)
    assert (level.on_hand, level.reserved) == (2, 0)
    entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.order_id == order_id)).one()
    assert (entry.units, entry.actor) == (-1, "Meera")


def test_a_failed_delivery_needs_a_reason(app: Flask) -> None:
    order_id = an_order_that_is("out_for_delivery")
    with pytest.raises(ReasonMissing):
        act(services.fail_delivery, parcel_of(order_id), "  ", OWNER)
    assert order_of(order_id).state == OrderState.OUT_FOR_DELIVERY


@pytest.mark.covers("ORD-03")
def test_a_failed_delivery_goes_out_again_or_comes_back(app: Flask) -> None:
    order_id = an_order_that_is("delivery_failed")
    step(order_id, "out_for_delivery", "delivery_failed", "returning")
    assert order_of(order_id).state == OrderState.RETURNING


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("shipped", "OrderShipped"),
        ("out_for_delivery", "OrderOutForDelivery"),
        ("delivered", "OrderDelivered"),
        ("delivery_failed", "OrderDeliveryFailed"),
    ],
)
def test_others_hear_of_it(app: Flask, state: str, event: str) -> None:
    order_id = an_order_that_is(state)
    owed = select(OutboxEvent.payload).where(OutboxEvent.event == event)
    assert {"order_id": order_id} in list(db.session.scalars(owed))
