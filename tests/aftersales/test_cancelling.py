"""Undoing an order before it leaves and after it came back."""

from collections.abc import Callable

import pytest
from flask import Flask

from shop.aftersales.errors import AlreadyPacked
from shop.aftersales.services import cancel_order, receive_back
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import parcels_of
from shop.lib.actor import SYSTEM, Actor
from shop.lib.states import WrongState
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.models import Order
from shop.orders.services import move_order
from shop.orders.states import OrderState, PaymentStanding
from shop.stock.models import StockLevel
from tests.checkout.buying import an_order_id
from tests.factories import a_variant

OWNER = Actor("staff", "Meera")


def in_unit(order_id: int, *moves: Callable[[Order], None]) -> None:
    """Run services on an order, each in a unit of its own as the owner's clicks are."""
    for move in moves:
        db.session.commit()
        with unit_of_work():
            move(db.session.get_one(Order, order_id))


def parcel(order: Order) -> Parcel:
    return db.session.scalars(parcels_of(order.id)).unique().one()


def confirm(order: Order) -> None:
    move_order(order, OrderState.CONFIRMED, OWNER)


def pack(order: Order) -> None:
    fulfilment.pack_order(order, OWNER)


def ship(order: Order) -> None:
    fulfilment.ship_parcel(parcel(order), "Bluedart", "BD123", OWNER)


def cancel_as_buyer(order: Order) -> None:
    cancel_order(order, Actor("guest", "Guest"), "Too late?")


def cancel(order: Order) -> None:
    cancel_order(order, SYSTEM, "No longer wanted")


@pytest.mark.covers("ORD-03", "ORD-06")
@pytest.mark.parametrize("steps", [(), (confirm,), (confirm, pack)])
def test_an_order_can_be_cancelled_until_it_is_sent(app: Flask, steps: tuple) -> None:
    variant_id = (variant := a_variant(units=2)).id
    order_id = an_order_id(variant)
    in_unit(order_id, *steps, cancel)
    order = db.session.get_one(Order, order_id)
    assert (order.state, order.payment_standing) == (OrderState.CANCELLED, PaymentStanding.CANCELLED)
    assert db.session.get_one(StockLevel, variant_id).for_sale == 2
    assert audit() == []


@pytest.mark.covers("ORD-03")
def test_a_sent_order_cannot_be_cancelled(app: Flask) -> None:
    order_id = an_order_id()
    in_unit(order_id, confirm, pack, ship)
    with pytest.raises(WrongState):
        in_unit(order_id, cancel)
    assert audit() == []


@pytest.mark.covers("ORD-06")
def test_the_buyer_can_cancel_until_it_is_packed(app: Flask) -> None:
    early, late = an_order_id(), an_order_id()
    in_unit(early, confirm, cancel_as_buyer)
    with pytest.raises(AlreadyPacked):
        in_unit(late, confirm, pack, cancel_as_buyer)
    states = [db.session.get_one(Order, order_id).state for order_id in (early, late)]
    assert states == [OrderState.CANCELLED, OrderState.PACKED]


@pytest.mark.covers("ORD-04")
def test_the_history_says_who_cancelled_and_why(app: Flask) -> None:
    order_id = an_order_id()
    in_unit(order_id, cancel)
    last = db.session.get_one(Order, order_id).history[-1]
    assert (last.from_state, last.to_state, last.actor, last.note) == (
        "placed", "cancelled", "The shop", "No longer wanted",
    )  # fmt: skip


@pytest.mark.covers("ORD-03", "INV-02")
def test_goods_that_came_back_are_for_sale_again(app: Flask) -> None:
    variant_id = (variant := a_variant(units=1)).id
    order_id = an_order_id(variant)
    in_unit(
        order_id,
        confirm,
        pack,
        ship,
        lambda order: fulfilment.send_out(parcel(order), OWNER),
        lambda order: fulfilment.fail_delivery(parcel(order), "Nobody at home", OWNER),
        lambda order: fulfilment.start_return(parcel(order), OWNER),
        lambda order: receive_back(order, OWNER),
    )
    assert db.session.get_one(Order, order_id).state == OrderState.RETURNED
    assert db.session.get_one(StockLevel, variant_id).for_sale == 1
    assert audit() == []
