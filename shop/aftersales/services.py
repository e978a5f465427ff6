"""Undoes orders: cancels them before they are sent, takes back what could not be delivered."""

from __future__ import annotations

from sqlalchemy import select

from shop.aftersales.errors import AlreadyPacked, PartlySent
from shop.extensions import db
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import has_left, has_parcels, live_parcels
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.fulfilment.services import follow, units_in
from shop.fulfilment.shares import shares_of
from shop.fulfilment.states import NEXT, ParcelState
from shop.invoices.services import credit_unpaid_goods
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.events import emit
from shop.lib.money import ZERO, Money
from shop.lib.queries import rows
from shop.lib.states import WrongState
from shop.orders.events import OrderCancelled
from shop.orders.models import Order
from shop.orders.services import lock_order, move_order
from shop.orders.states import OrderState
from shop.payments import refunds
from shop.payments import services as payment_services
from shop.payments.cash import give_up_cash
from shop.payments.queries import left_of
from shop.promotions import redemptions
from shop.stock import services as stock_services
from shop.stock.models import LedgerReason

BY_THE_BUYER = frozenset({OrderState.PLACED, OrderState.CONFIRMED})
BY_THE_SHOP = BY_THE_BUYER | {OrderState.PACKED}
BUYERS = frozenset({"customer", "guest"})
UNDELIVERED = "Could not be delivered"


def can_cancel(order: Order, by: Actor) -> bool:
    """Whether this person may still cancel: buyers until something is packed (ORD-06), the shop until it is sent."""
    if by.kind in BUYERS:
        return order.state in BY_THE_BUYER and not _is_begun(order)
    return order.state in BY_THE_SHOP and not has_left(order.id)


def cancel_order(order: Order, by: Actor, reason: str = "") -> None:
    """Cancel an order of which nothing is out of the house: goods back on the shelf, money back where it came from.

    Raises AlreadyPacked for a buyer who comes too late, PartlySent while some of it is away or delivered, WrongState
    when all of it has left in the meantime.
    """
    order = lock_order(order.id)
    if order.state in BY_THE_SHOP and not can_cancel(order, by):
        raise PartlySent if has_left(order.id) else AlreadyPacked
    move_order(order, OrderState.CANCELLED, by, reason, unpaid_until=None)
    redemptions.free(order.id)
    for parcel in _parcels(order, ParcelState.PACKED):
        follow.record(parcel, states.move(parcel, ParcelState.CANCELLED, NEXT), by)
    stock_services.release(order.id)
    payment_services.cancel_open_payments(order)
    refunds.refund_all(order, reason or "Order cancelled", by)
    emit(OrderCancelled(order.id))


def receive_back(order: Order, by: Actor) -> None:
    """Take all of an order's parcels that are on their way back into stock. Raises WrongState where none is."""
    order = lock_order(order.id)
    coming = _parcels(order, ParcelState.RETURNING)
    if not coming:
        raise WrongState("shop_order", order.state, OrderState.RETURNED)
    for parcel in coming:
        receive_parcel(parcel, by)


def receive_parcel(parcel: Parcel, by: Actor) -> None:
    """Take an undelivered parcel back into stock; what was paid for it is refunded. Raises WrongState.

    When it was the last of its order, the order ends, and whatever was paid goes back.
    """
    follow.move(parcel, ParcelState.RETURNED, by, "Back in the shop")
    order = lock_order(parcel.order_id)
    stock_services.take_back(order.id, units_in(parcel), LedgerReason.RETURN, by)
    if order.state == OrderState.RETURNED:
        payment_services.cancel_open_payments(order)
        refunds.refund_all(order, UNDELIVERED, by)
    else:
        settle_parcel(order, parcel, UNDELIVERED, by)


def settle_parcel(order: Order, parcel: Parcel, reason: str, by: Actor) -> None:
    """Of an order that goes on: the parcel's cash is owed no longer, what was paid for its goods goes back.

    Its invoice is told of both.
    """
    parcels = rows(live_parcels(order.id))
    cash = cash_by_parcel(order, parcels).get(parcel.id, ZERO)
    if cash:
        give_up_cash(order, cash)
        credit_unpaid_goods(order.id, {line.order_line_id: line.quantity for line in parcel.lines}, cash)
    _give_back(order, parcel, shares_of(order, parcels)[parcel.id].goods - cash if cash else None, reason, by)


def _give_back(order: Order, parcel: Parcel, amount: Money | None, reason: str, by: Actor) -> None:
    """What was paid for the units of a parcel; `amount` where a part of it was to be collected at the door."""
    left = {part.line_id: part.units for part in left_of(order)}
    units = {line.order_line_id: min(line.quantity, left[line.order_line_id]) for line in parcel.lines}
    wanted = refunds.Wanted(reason, units) if amount is None else refunds.Wanted(reason, amount=amount)
    if any(units.values()) if amount is None else amount > ZERO:
        refunds.refund(order, wanted, by)


def _is_begun(order: Order) -> bool:
    """Asked only where it can be: most orders say by their state that nothing is packed."""
    return order.state == OrderState.CONFIRMED and has_parcels(order.id)


def _parcels(order: Order, state: ParcelState) -> list[Parcel]:
    db.session.flush()
    return rows(select(Parcel).where(Parcel.order_id == order.id, Parcel.state == state).order_by(Parcel.id))
