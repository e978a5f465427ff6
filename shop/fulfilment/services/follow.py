"""How an order follows its parcels: it moves when all its units are in parcels, and all live ones got that far."""

from __future__ import annotations

from typing import Any

from shop.extensions import db
from shop.fulfilment.models import Parcel, ParcelHistory
from shop.fulfilment.queries import live_parcels, units_left
from shop.fulfilment.states import NEXT, OVER, ParcelState
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
    ParcelState.RETURNING, ParcelState.DELIVERED,
]  # fmt: skip
OF_ORDERS: dict[OrderState, type[events.OrderEvent]] = {
    OrderState.CONFIRMED: events.OrderConfirmed,
    OrderState.DELIVERED: events.OrderDelivered,
    OrderState.RETURNED: events.OrderReturned,
}
OF_PARCELS: dict[ParcelState, type[events.OrderEvent]] = {
    ParcelState.SHIPPED: events.OrderShipped,
    ParcelState.OUT_FOR_DELIVERY: events.OrderOutForDelivery,
    ParcelState.DELIVERY_FAILED: events.OrderDeliveryFailed,
}
"""Of these the buyer hears for each parcel, whatever the others do."""


def lock(parcel: Parcel) -> Order:
    """Lock the parcel's order, then look at the parcel again: what was read before the lock may be old."""
    order = lock_order(parcel.order_id)
    db.session.refresh(parcel)
    return order


def move(parcel: Parcel, to: ParcelState, by: Actor, note: str = "", **also: Any) -> None:
    """Move a parcel, and its order behind it. Raises WrongState."""
    order = lock(parcel)
    came_from = states.move(parcel, to, NEXT, **also)
    record(parcel, came_from, by, note)
    if to in OF_PARCELS:
        emit(OF_PARCELS[to](order.id))
    follow(order, parcel, by, note)


def record(parcel: Parcel, came_from: str | None, by: Actor, note: str = "") -> None:
    """Write a row of the parcel's history."""
    who = {"actor_kind": by.kind, "actor": by.name, "user_id": by.user_id, "ip": by.ip}
    entry = ParcelHistory(parcel_id=parcel.id, from_state=came_from, to_state=parcel.state, note=note[:500], **who)
    db.session.add(entry)
    db.session.flush()


def follow(order: Order, parcel: Parcel, by: Actor, note: str = "") -> None:
    """Let an order follow what its parcel did. Its history says which of several parcels did what."""
    parcels = rows(live_parcels(order.id))
    to = _reached(order, parcels)
    which = f"Parcel {_number(parcel, parcels)}"
    told = f"{which} {states.words(parcel.state)}"
    if to in ORDER_NEXT.get(OrderState(order.state), frozenset()):
        of_one = f"{which}: {note}" if note else told
        step(order, to, by, of_one if len(parcels) > 1 else note, **_also(to, parcels))
    else:
        record_history(order, order.state, order.state, by, f"{told}: {note}" if note else told)


def catch_up(order: Order, by: Actor) -> None:
    """Let an order come as far as its parcels have, step by step: none of it waits in the shop any more."""
    parcels = rows(live_parcels(order.id))
    for to in states.path(ORDER_NEXT, OrderState(order.state), _reached(order, parcels)) or ():
        step(order, to, by, **_also(to, parcels))


def step(order: Order, to: OrderState, by: Actor, note: str = "", **also: Any) -> None:
    """Move an order and tell the others. Raises WrongState."""
    move_order(order, to, by, note, **also)
    if to in OF_ORDERS:
        emit(OF_ORDERS[to](order.id))


def _reached(order: Order, parcels: list[Parcel]) -> OrderState:
    """How far all of the order has got; what came back is no longer waited for."""
    if units_left(order, parcels):
        return OrderState(order.state)
    waited_for = [ParcelState(parcel.state) for parcel in parcels if parcel.state not in OVER]
    return OrderState(min(waited_for, key=FAR.index).value) if waited_for else OrderState.RETURNED


def _also(to: OrderState, parcels: list[Parcel]) -> dict[str, Any]:
    """When an order was delivered: with the last of its parcels."""
    return {"delivered_at": max(p.delivered_at for p in parcels if p.delivered_at)} if to == "delivered" else {}


def _number(parcel: Parcel, parcels: list[Parcel]) -> int:
    return 1 + [other.id for other in parcels].index(parcel.id)
