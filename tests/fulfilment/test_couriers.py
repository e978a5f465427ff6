"""Couriers: booked once, told apart by their signature, and heard in whatever order their messages arrive."""

from dataclasses import replace
from io import BytesIO
from itertools import permutations

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from shop.extensions import db
from shop.fulfilment.couriers import offered, sandbox
from shop.fulfilment.couriers.base import EventKind as E
from shop.fulfilment.errors import CourierAway, NotBooked
from shop.fulfilment.models import CourierEvent, SandboxShipment
from shop.fulfilment.services import booking
from shop.fulfilment.states import ParcelState, way
from shop.lib.states import WrongState
from shop.lib.unit_of_work import unit_of_work
from shop.operations.audit import audit
from shop.orders.states import OrderState
from shop.stock.models import StockLevel
from shop.storefront.courier_webhooks import SIGNATURE
from tests.factories import a_variant
from tests.fulfilment.walk import OWNER, an_order_that_is, order_of, parcel_of
from tests.support.shops import ShopClient

Told = tuple[bytes, str]


def book(order_id: int) -> None:
    parcel_id = parcel_of(order_id).id
    db.session.commit()
    booking.book(parcel_id, sandbox.CODE, OWNER)


def a_booked_order() -> int:
    order_id = an_order_that_is("packed")
    book(order_id)
    return order_id


def said(order_id: int, *kinds: E) -> list[Told]:
    """What the courier says of an order's parcel, one after another."""
    number = parcel_of(order_id).tracking_number or ""
    db.session.commit()
    with unit_of_work():
        return [sandbox.say(number, kind) for kind in kinds]


def hear(client: ShopClient, *messages: Told) -> list[int]:
    """Deliver messages; the statuses the courier gets."""
    return [client.post("/webhooks/couriers/sandbox", data=body, headers={SIGNATURE: signature}).status_code
            for body, signature in messages]  # fmt: skip


@pytest.mark.covers("ORD-05")
def test_a_booked_parcel_has_a_number_and_a_label_and_is_one_shipment_however_often_it_is_booked(app: Flask) -> None:
    order_id = a_booked_order()
    number = parcel_of(order_id).tracking_number or ""
    book(order_id)
    assert parcel_of(order_id).tracking_number == number
    assert db.session.scalar(select(func.count()).select_from(SandboxShipment)) == 1
    parcel_id = parcel_of(order_id).id
    db.session.commit()
    text = PdfReader(BytesIO(booking.label_of(parcel_id))).pages[0].extract_text()
    for told in (number, "Asha Rao", "560001", "Cash on delivery"):
        assert told in text


@pytest.mark.covers("ORD-05")
def test_a_booking_is_taken_back_until_the_courier_has_the_parcel(client: ShopClient) -> None:
    order_id = a_booked_order()
    parcel_id = parcel_of(order_id).id
    db.session.commit()
    booking.cancel_booking(parcel_id, OWNER)
    assert parcel_of(order_id).tracking_number is None
    db.session.commit()
    with pytest.raises(NotBooked):
        booking.cancel_booking(parcel_id, OWNER)
    book(order_id)
    hear(client, *said(order_id, E.PICKED_UP))
    db.session.commit()
    with pytest.raises(CourierAway):
        booking.cancel_booking(parcel_id, OWNER)
    with pytest.raises(WrongState):
        booking.book(parcel_id, sandbox.CODE, OWNER)


@pytest.mark.covers("ORD-05")
def test_the_couriers_messages_walk_the_parcel_to_the_door(client: ShopClient) -> None:
    order_id = a_booked_order()
    for kind, state in ((E.PICKED_UP, "shipped"), (E.OUT_FOR_DELIVERY, "out_for_delivery"), (E.DELIVERED, "delivered")):
        assert hear(client, *said(order_id, kind)) == [204]
        assert order_of(order_id).state == state
    assert order_of(order_id).history[-1].actor == "Sandbox Courier"
    assert audit() == []


@pytest.mark.covers("ORD-05")
def test_a_message_that_is_not_signed_is_refused(client: ShopClient) -> None:
    order_id = a_booked_order()
    ((body, signature),) = said(order_id, E.PICKED_UP)
    forged = body.replace(b"picked_up", b"delivered")
    assert hear(client, (body, ""), (body, signature[:-1] + "x"), (forged, signature), (b"", "")) == [403] * 4
    assert client.post("/webhooks/couriers/nobody", data=body, headers={SIGNATURE: signature}).status_code == 404
    assert order_of(order_id).state == OrderState.PACKED
    assert db.session.scalar(select(func.count(CourierEvent.id))) == 0


@pytest.mark.covers("ORD-05", "INV-02")
def test_a_message_that_comes_twice_counts_once(client: ShopClient) -> None:
    variant_id = (variant := a_variant(units=3)).id
    order_id = an_order_that_is("packed", variant)
    book(order_id)
    messages = said(order_id, E.PICKED_UP)
    assert hear(client, *messages * 3) == [204] * 3
    assert db.session.scalar(select(func.count(CourierEvent.id))) == 1
    assert db.session.get_one(StockLevel, variant_id).on_hand == 2


@pytest.mark.covers("ORD-05")
def test_whatever_the_order_of_arrival_the_newest_message_decides(client: ShopClient) -> None:
    for arrival in [*permutations(range(4))][::3]:
        order_id = a_booked_order()
        messages = said(order_id, E.PICKED_UP, E.OUT_FOR_DELIVERY, E.REFUSED, E.COMING_BACK)
        hear(client, *(messages[place] for place in arrival))
        assert (arrival, order_of(order_id).state) == (arrival, OrderState.RETURNING)
        assert parcel_of(order_id).refused_at
    assert audit() == []


@pytest.mark.covers("ORD-05")
def test_a_late_message_does_not_take_a_delivered_parcel_back(client: ShopClient) -> None:
    order_id = a_booked_order()
    messages = said(order_id, E.PICKED_UP, E.OUT_FOR_DELIVERY, E.NOT_AT_HOME, E.OUT_FOR_DELIVERY, E.DELIVERED)
    hear(client, messages[4], messages[2], messages[0], messages[3], messages[1])
    assert order_of(order_id).state == OrderState.DELIVERED
    outcomes = db.session.scalars(select(CourierEvent.outcome).order_by(CourierEvent.id))
    assert list(outcomes) == ["followed", "late", "late", "late", "late"]


def test_beside_real_buyers_nobody_books_a_courier_who_never_comes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(offered()) == ["sandbox"]
    monkeypatch.setitem(app.config, "SHOP", replace(app.config["SHOP"], environment="production"))
    assert offered() == {}


def test_the_way_from_one_state_to_another_is_the_shortest(app: Flask) -> None:
    P = ParcelState
    assert way(P.PACKED, P.DELIVERED) == [P.SHIPPED, P.OUT_FOR_DELIVERY, P.DELIVERED]
    assert way(P.SHIPPED, P.SHIPPED) == []
    assert way(P.DELIVERED, P.PACKED) is None
