"""Packing, sending and taking back parcels."""

from __future__ import annotations

from collections import Counter

from shop.extensions import db
from shop.fulfilment.errors import NotPaidYet, ReasonMissing
from shop.fulfilment.models import Parcel, ParcelLine
from shop.fulfilment.services import follow
from shop.fulfilment.states import ParcelState
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.orders.states import OrderState, PaymentStanding
from shop.stock import services as stock


def confirm_order(order: Order, by: Actor, note: str = "") -> None:
    """Take an order on. A prepaid one must be paid: raises NotPaidYet; raises WrongState."""
    order = lock_order(order.id)
    if order.payment_method != "cod" and order.payment_standing != PaymentStanding.PAID:
        raise NotPaidYet
    follow.step(order, OrderState.CONFIRMED, by, note)


def pack_order(order: Order, by: Actor) -> Parcel:
    """Put all of a confirmed order into one parcel. Raises WrongState."""
    order = lock_order(order.id)
    follow.step(order, OrderState.PACKED, by)
    lines = [ParcelLine(order_line_id=line.id, quantity=line.quantity) for line in order.lines]
    parcel = Parcel(order_id=order.id, state=ParcelState.PACKED, lines=lines)
    db.session.add(parcel)
    db.session.flush()
    return parcel


def ship_parcel(parcel: Parcel, carrier: str, tracking_number: str, by: Actor) -> None:
    """Hand a parcel to a carrier: its units leave the stock. Raises WrongState."""
    note = f"{carrier} {tracking_number}"
    follow.move(
        parcel, ParcelState.SHIPPED, by, note, carrier=carrier, tracking_number=tracking_number, shipped_at=now()
    )
    stock.ship(parcel.order_id, units_in(parcel), by)


def fail_delivery(parcel: Parcel, reason: str, by: Actor) -> None:
    """Note that the courier came back with the parcel; its code no longer counts. Raises ReasonMissing, WrongState."""
    if not reason.strip():
        raise ReasonMissing
    follow.move(parcel, ParcelState.DELIVERY_FAILED, by, reason.strip(), otp=None, otp_failures=0)


def start_return(parcel: Parcel, by: Actor) -> None:
    """Send an undeliverable parcel back to the shop. Raises WrongState."""
    follow.move(parcel, ParcelState.RETURNING, by)


def units_in(parcel: Parcel) -> dict[int, int]:
    """How many units of each variant are in a parcel."""
    units: Counter[int] = Counter()
    for line in parcel.lines:
        units[line.order_line.variant_id] += line.quantity
    return dict(units)
