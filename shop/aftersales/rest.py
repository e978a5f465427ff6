"""Cancels what was not sent of an order of which some has left; the order goes on with that."""

from __future__ import annotations

from shop.aftersales.errors import NothingUnsent
from shop.aftersales.services import settle_parcel
from shop.extensions import db
from shop.fulfilment.errors import StillBooked
from shop.fulfilment.models import Parcel, ParcelLine
from shop.fulfilment.queries import has_left, live_parcels, units_left
from shop.fulfilment.services import follow
from shop.fulfilment.states import NEXT, ParcelState
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.events import emit
from shop.lib.queries import rows
from shop.orders.events import OrderRestCancelled
from shop.orders.models import Order
from shop.orders.services import lock_order, record
from shop.orders.states import OrderState
from shop.stock import services as stock_services

WITH_A_REST = frozenset({OrderState.CONFIRMED, OrderState.PACKED})
WHY = "Not sent: the rest of the order was cancelled"


def can_cancel_rest(order: Order) -> bool:
    """Whether some of an order has left while some is still in the shop."""
    return order.state in WITH_A_REST and has_left(order.id)


def cancel_rest(order: Order, by: Actor, reason: str) -> None:
    """Cancel what was not sent: goods back on the shelf, money of these pieces back, their cash no longer collected.

    What is packed stays a parcel that is not sent; what is not packed becomes one. Raises NothingUnsent, StillBooked.
    """
    order = lock_order(order.id)
    if not can_cancel_rest(order):
        raise NothingUnsent
    unsent = [*_packed(order, by, reason), *_loose(order, by, reason)]
    stock_services.release(order.id)
    for parcel in unsent:
        settle_parcel(order, parcel, reason or WHY, by)
    record(order, order.state, order.state, by, f"The rest was cancelled{f': {reason}' if reason else ''}")
    follow.catch_up(order, by)
    emit(OrderRestCancelled(order.id))


def _packed(order: Order, by: Actor, reason: str) -> list[Parcel]:
    packed = [parcel for parcel in rows(live_parcels(order.id)) if parcel.state == ParcelState.PACKED]
    if any(parcel.is_booked for parcel in packed):
        raise StillBooked
    for parcel in packed:
        follow.record(parcel, states.move(parcel, ParcelState.NOT_SENT, NEXT), by, reason)
    return packed


def _loose(order: Order, by: Actor, reason: str) -> list[Parcel]:
    left = units_left(order, rows(live_parcels(order.id)))
    if not left:
        return []
    parcel = Parcel(order_id=order.id, state=ParcelState.NOT_SENT)
    parcel.lines = [ParcelLine(order_line_id=line_id, quantity=units) for line_id, units in sorted(left.items())]
    db.session.add(parcel)
    db.session.flush()
    follow.record(parcel, None, by, reason)
    return [parcel]
