"""Cash on delivery that reached the shop, parcel by parcel."""

from __future__ import annotations

from shop.extensions import db
from shop.fulfilment.errors import NotDelivered
from shop.fulfilment.models import CashCollection, Parcel
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.queries.cash import cash_due
from shop.fulfilment.states import ParcelState
from shop.invoices.services import note_paid
from shop.lib.actor import Actor
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.orders.services import record as record_history
from shop.payments.cash import record_cash
from shop.payments.errors import NothingToCollect


def collect_cash(order: Order, by: Actor) -> list[CashCollection]:
    """Note the cash of all of an order's delivered parcels, each once. Raises NotDelivered, NothingToCollect."""
    order = lock_order(order.id)
    parcels = rows(live_parcels(order.id))
    if not any(parcel.state == ParcelState.DELIVERED for parcel in parcels):
        raise NotDelivered
    return _collect(order, cash_due(order, parcels), by)


def collect_cash_of(parcel: Parcel, by: Actor) -> CashCollection:
    """Note the cash of one delivered parcel, once. Raises NotDelivered, NothingToCollect."""
    order = lock_order(parcel.order_id)
    db.session.refresh(parcel)
    if parcel.state != ParcelState.DELIVERED:
        raise NotDelivered
    due = cash_due(order, rows(live_parcels(order.id)))
    return _collect(order, {id: amount for id, amount in due.items() if id == parcel.id}, by)[0]


def _collect(order: Order, due: dict[int, Money], by: Actor) -> list[CashCollection]:
    if not due:
        raise NothingToCollect
    collected = [_note(order, parcel_id, amount, by) for parcel_id, amount in due.items()]
    note_paid(order.id)
    return collected


def _note(order: Order, parcel_id: int, amount: Money, by: Actor) -> CashCollection:
    record_cash(order, amount, by)
    collection = CashCollection(order_id=order.id, parcel_id=parcel_id, amount=amount, actor=by.name)
    db.session.add(collection)
    record_history(order, order.state, order.state, by, "Cash collected")
    db.session.flush()
    return collection
