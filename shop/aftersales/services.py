"""Undoes orders: cancels them before they are sent, takes back what could not be delivered."""

from __future__ import annotations

from sqlalchemy import select

from shop.aftersales.errors import AlreadyPacked
from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.fulfilment.states import NEXT, ParcelState
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.events import emit
from shop.lib.queries import rows
from shop.orders.events import OrderCancelled, OrderReturned
from shop.orders.models import Order
from shop.orders.services import lock_order, move_order
from shop.orders.states import OrderState
from shop.payments import refunds
from shop.payments import services as payment_services
from shop.stock import services as stock_services
from shop.stock.models import LedgerReason

BY_THE_BUYER = frozenset({OrderState.PLACED, OrderState.CONFIRMED})
BY_THE_SHOP = BY_THE_BUYER | {OrderState.PACKED}
BUYERS = frozenset({"customer", "guest"})


def can_cancel(order: Order, by: Actor) -> bool:
    """Whether this person may still cancel: buyers until it is packed (ORD-06), the shop until it is sent."""
    return order.state in (BY_THE_BUYER if by.kind in BUYERS else BY_THE_SHOP)


def cancel_order(order: Order, by: Actor, reason: str = "") -> None:
    """Cancel an order that was not sent: goods back on the shelf, money back to where it came from.

    Raises AlreadyPacked for a buyer who comes too late, WrongState when it has left the shop in the meantime.
    """
    order = lock_order(order.id)
    if order.state == OrderState.PACKED and not can_cancel(order, by):
        raise AlreadyPacked
    move_order(order, OrderState.CANCELLED, by, reason, unpaid_until=None)
    _move_parcels(order, ParcelState.PACKED, ParcelState.CANCELLED)
    stock_services.release(order.id)
    payment_services.cancel_open_payments(order)
    refunds.refund_all(order, reason or "Order cancelled", by)
    emit(OrderCancelled(order.id))


def receive_back(order: Order, by: Actor) -> None:
    """Take an undelivered order back into stock and refund what was paid. Raises WrongState."""
    order = lock_order(order.id)
    move_order(order, OrderState.RETURNED, by, "Back in the shop")
    _move_parcels(order, ParcelState.RETURNING, ParcelState.RETURNED)
    units: dict[int, int] = {}
    for line in order.lines:
        units[line.variant_id] = units.get(line.variant_id, 0) + line.quantity
    stock_services.take_back(order.id, units, LedgerReason.RETURN, by)
    payment_services.cancel_open_payments(order)
    refunds.refund_all(order, "Could not be delivered", by)
    emit(OrderReturned(order.id))


def _move_parcels(order: Order, came_from: ParcelState, to: ParcelState) -> None:
    db.session.flush()
    for parcel in rows(
        select(Parcel).where(Parcel.order_id == order.id, Parcel.state == came_from).order_by(Parcel.id)
    ):
        states.move(parcel, to, NEXT)
