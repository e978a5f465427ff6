"""Booking couriers for packed parcels, outside of units: note → ask → note, so that a crash in between is repeated."""

from __future__ import annotations

from shop.extensions import db
from shop.fulfilment.couriers import courier_of, offered
from shop.fulfilment.couriers.base import Booking, Shipment
from shop.fulfilment.errors import NotBooked
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.fulfilment.queries.parcels import parcel_numbered
from shop.fulfilment.services import follow
from shop.fulfilment.states import ParcelState
from shop.lib.actor import Actor
from shop.lib.errors import NotFound
from shop.lib.money import ZERO
from shop.lib.queries import one_or_404, rows
from shop.lib.states import WrongState, change_row
from shop.lib.unit_of_work import unit_of_work
from shop.orders.services import record


def book(parcel_id: int, code: str, by: Actor) -> None:
    """Ask a courier to fetch a packed parcel; booked twice it is one shipment. Raises CourierAway, WrongState."""
    if code not in offered():
        raise NotFound
    courier = courier_of(code)
    with unit_of_work(read_only=True):
        shipment = shipment_of(_packed(parcel_id))
    booking = courier.create(shipment)
    with unit_of_work():
        parcel = _packed(parcel_id)
        _note(parcel, f"{courier.name} fetches it: {booking.tracking_number}", by, courier=code,
              carrier=booking.carrier, tracking_number=booking.tracking_number)  # fmt: skip


def cancel_booking(parcel_id: int, by: Actor) -> None:
    """Take a booking back before the parcel is fetched. Raises CourierAway, NotBooked, WrongState."""
    with unit_of_work(read_only=True):
        code, number = _booked(parcel_id)
    courier_of(code).cancel(number)
    with unit_of_work():
        _note(_packed(parcel_id), f"{number} is no longer fetched", by, courier=None, carrier=None,
              tracking_number=None)  # fmt: skip


def label_of(parcel_id: int) -> bytes:
    """The label of a booked parcel, as PDF. Raises CourierAway, NotBooked."""
    with unit_of_work(read_only=True):
        code, number = _booked(parcel_id)
        parcel = one_or_404(parcel_numbered(parcel_id))
        shipment, booking = shipment_of(parcel), Booking(parcel.carrier or "", number)
    return courier_of(code).label(shipment, booking)


def shipment_of(parcel: Parcel) -> Shipment:
    """What a courier is told of a parcel."""
    cash = cash_by_parcel(parcel.order, rows(live_parcels(parcel.order_id))).get(parcel.id, ZERO)
    grams = sum(line.quantity * line.order_line.weight_grams for line in parcel.lines)
    return Shipment(f"{parcel.order.number}-{parcel.id}", dict(parcel.order.address), cash, parcel.units, grams)


def _packed(parcel_id: int) -> Parcel:
    parcel = one_or_404(parcel_numbered(parcel_id))
    if parcel.state != ParcelState.PACKED:
        raise WrongState("parcel", parcel.state, ParcelState.SHIPPED)
    return parcel


def _booked(parcel_id: int) -> tuple[str, str]:
    parcel = one_or_404(parcel_numbered(parcel_id))
    if parcel.courier is None or parcel.tracking_number is None:
        raise NotBooked
    return parcel.courier, parcel.tracking_number


def _note(parcel: Parcel, note: str, by: Actor, **values: str | None) -> None:
    """Only while it is still packed: whoever ships or cancels it meanwhile was first."""
    order = follow.lock(parcel)
    change_row(parcel, ParcelState.PACKED, **values)
    record(order, order.state, order.state, by, note)
    db.session.flush()
