"""Reads of parcels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.extensions import db
from shop.fulfilment.models import CourierEvent, Parcel, ParcelHistory, ParcelLine
from shop.fulfilment.states import ON_THE_WAY, ParcelState
from shop.orders.models import Order


def parcels_of(order_id: int) -> Select[Parcel]:
    """An order's parcels, oldest first, with what is in them, in one statement."""
    contents = joinedload(Parcel.lines).joinedload(ParcelLine.order_line)
    return select(Parcel).where(Parcel.order_id == order_id).options(contents).order_by(Parcel.id)


def live_parcels(order_id: int) -> Select[Parcel]:
    """An order's parcels that were not cancelled."""
    return parcels_of(order_id).where(Parcel.state != ParcelState.CANCELLED)


def histories_of(order_id: int) -> dict[int, list[ParcelHistory]]:
    """What happened to each of an order's parcels, oldest first."""
    found: dict[int, list[ParcelHistory]] = defaultdict(list)
    moves = select(ParcelHistory).join(Parcel, Parcel.id == ParcelHistory.parcel_id)
    for entry in db.session.scalars(moves.where(Parcel.order_id == order_id).order_by(ParcelHistory.id)):
        found[entry.parcel_id].append(entry)
    return found


def parcel_numbered(parcel_id: int) -> Select[Parcel]:
    """One parcel with its order and what is in it."""
    contents = selectinload(Parcel.lines).joinedload(ParcelLine.order_line)
    return select(Parcel).where(Parcel.id == parcel_id).options(joinedload(Parcel.order), contents)


def parcel_tracked(courier: str, tracking_number: str) -> Select[Parcel]:
    """The parcel that is booked with a courier under a number."""
    return select(Parcel).where(Parcel.courier == courier, Parcel.tracking_number == tracking_number)


def courier_events_of(courier: str, tracking_number: str) -> Select[CourierEvent]:
    """What a courier told of a shipment, in the order in which it happened."""
    told = select(CourierEvent).where(CourierEvent.courier == courier)
    return told.where(CourierEvent.tracking_number == tracking_number).order_by(CourierEvent.happened_at)


def units_left(order: Order, parcels: Iterable[Parcel]) -> dict[int, int]:
    """How many units of each of an order's lines are in no parcel; lines of which none is left are not named."""
    packed: Counter[int] = Counter()
    for parcel in parcels:
        if parcel.state != ParcelState.CANCELLED:
            packed.update({line.order_line_id: line.quantity for line in parcel.lines})
    left = {line.id: line.quantity - packed[line.id] for line in order.lines}
    return {line_id: units for line_id, units in left.items() if units}


def has_parcels(order_id: int) -> bool:
    """Whether something of an order is packed, or was and has left."""
    return _any(order_id, Parcel.state != ParcelState.CANCELLED)


def has_left(order_id: int) -> bool:
    """Whether something of an order is out of the house: with a carrier, or with the buyer."""
    return _any(order_id, Parcel.state.in_((*ON_THE_WAY, ParcelState.DELIVERED)))


def is_with_courier(order_id: int) -> bool:
    """Whether some of an order has left or is booked: a courier was told what to collect."""
    return _any(order_id, or_(Parcel.shipped_at.is_not(None), Parcel.courier.is_not(None)))


def _any(order_id: int, condition: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(exists().where(Parcel.order_id == order_id, condition))))
