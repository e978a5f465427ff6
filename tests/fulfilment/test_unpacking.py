"""A packed parcel is taken apart before it is sent: its pieces wait for another, stock and money stay as they are."""

import pytest
from flask import Flask

from shop.aftersales.services import can_cancel
from shop.extensions import db
from shop.fulfilment import services
from shop.fulfilment.errors import CashIsShared, StillBooked
from shop.fulfilment.services import booking
from shop.lib.actor import Actor
from shop.lib.states import WrongState
from shop.operations.audit import audit
from shop.orders.states import OrderState
from tests.factories import a_variant
from tests.fulfilment.several import a_parcel, bring, pack, parcels, two_parcels
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, parcel_of, step
from tests.staff.desk import as_role, words
from tests.support.shops import ShopClient


def unpack(parcel_id: int) -> None:
    act(services.unpack, a_parcel(parcel_id), OWNER)


@pytest.mark.covers("ORD-05", "ORD-03")
def test_an_order_that_is_unpacked_waits_for_packing_and_may_be_cancelled_again(app: Flask) -> None:
    order_id = an_order_that_is("packed", a_variant(), quantity=3)
    unpack(parcel_of(order_id).id)
    order = order_of(order_id)
    assert (order.state, order.history[-1].note) == (OrderState.CONFIRMED, "A parcel was unpacked")
    assert can_cancel(order, Actor("guest", "Guest"))
    assert audit() == []
    pack(order_id, 1)
    pack(order_id, 2)
    assert [(one.units, one.state) for one in parcels(order_id)] == [(3, "cancelled"), (1, "packed"), (2, "packed")]
    assert (order_of(order_id).state, audit()) == (OrderState.PACKED, [])


@pytest.mark.covers("ORD-05")
def test_one_of_several_is_unpacked_and_packed_otherwise(app: Flask) -> None:
    order_id, first, second = two_parcels(payment="card")
    bring(first, "shipped")
    unpack(second)
    assert (order_of(order_id).state, audit()) == (OrderState.CONFIRMED, [])
    step(order_id, "packed")
    bring(parcels(order_id)[-1].id, "shipped")
    assert (order_of(order_id).state, audit()) == (OrderState.SHIPPED, [])


def test_what_was_sent_is_not_unpacked(app: Flask) -> None:
    order_id = an_order_that_is("shipped")
    with pytest.raises(WrongState):
        unpack(parcel_of(order_id).id)


def test_a_booking_is_cancelled_first(app: Flask) -> None:
    parcel_id = parcel_of(an_order_that_is("packed")).id
    db.session.commit()
    booking.book(parcel_id, "sandbox", OWNER)
    with pytest.raises(StillBooked):
        unpack(parcel_id)


def test_cash_that_is_on_its_way_stays_what_the_courier_was_told(app: Flask) -> None:
    _, first, second = two_parcels()
    bring(second, "shipped")
    with pytest.raises(CashIsShared):
        unpack(first)


@pytest.mark.covers("ORD-07")
def test_the_owner_unpacks_on_the_orders_page(client: ShopClient) -> None:
    order_id = an_order_that_is("packed")
    owner, number = as_role(client), order_of(order_id).number
    assert "Unpack it" in words(owner.get(f"/staff/orders/{number}"))
    assert owner.post(f"/staff/parcels/{parcel_of(order_id).id}/unpacking").status_code == 303
    page = words(owner.get(f"/staff/orders/{number}"))
    assert "Pack it" in page
    assert "Unpack it" not in page
