"""How an order follows its parcels: it moves when all live ones have got that far."""

from __future__ import annotations

from typing import Any

from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.states import NEXT, ParcelState
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.events import emit
from shop.lib.queries import rows
from shop.orders import events
from shop.orders.models import Order
from shop.orders.services import lock_order, move_order
from shop.orders.services import record as record_history
from shop.orders.states import NEXT as ORDER_NEXT
from shop.orders.states import OrderState

FAR = [
    ParcelState.PACKED, ParcelState.SHIPPED, ParcelState.OUT_FOR_DELIVERY, ParcelState.DELIVERY_FAILED,
    ParcelState.RETURNING, ParcelState.RETURNED, ParcelState.DELIVERED,
]  # fmt: skip
EVENTS: dict[OrderState, type[events.OrderEvent]] = {
    OrderState.CONFIRMED: events.OrderConfirmed,
    OrderState.SHIPPED: events.OrderShipped,
    OrderState.OUT_FOR_DELIVERY: events.OrderOutForDelivery,
    OrderState.DELIVERED: events.OrderDelivered,
    OrderState.DELIVERY_FAILED: events.OrderDeliveryFailed,
}


def lock(parcel: Parcel) -> Order:
    """Lock the parcel's order, then look at the parcel again: what was read before the lock may be old."""
    order = lock_order(parcel.order_id)
    db.session.refresh(parcel)
    return order


def move(parcel: Parcel, to: ParcelState, by: Actor, note: str = "", **also: Any) -> None:
    """Move a parcel, and its order behind it. Raises WrongState."""
    order = lock(parcel)
    states.move(parcel, to, NEXT, **also)
    _follow(order, by, note)


def step(order: Order, to: OrderState, by: Actor, note: str = "", **also: Any) -> None:
    """Move an order and tell the others. Raises WrongState."""
    move_order(order, to, by, note, **also)
    if to in EVENTS:
        emit(EVENTS[to](order.id))


def _follow(order: Order, by: Actor, note: str) -> None:
    live = rows(live_parcels(order.id))
    least = min((ParcelState(parcel.state) for parcel in live), key=FAR.index)
    to = OrderState(least.value)
    if to in ORDER_NEXT.get(OrderState(order.state), frozenset()):
        also = {"delivered_at": max(p.delivered_at for p in live if p.delivered_at)} if to == "delivered" else {}
        step(order, to, by, note, **also)
    else:
        record_history(order, order.state, order.state, by, note)
