"""Taking a packed parcel apart before it is sent: what was in it waits for another."""

from __future__ import annotations

from shop.fulfilment.errors import CashIsShared, StillBooked
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.services import follow
from shop.fulfilment.states import NEXT, ParcelState
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.orders.services import record, unpack_order
from shop.orders.states import OrderState
from shop.payments.queries import cash_agreed


def unpack(parcel: Parcel, by: Actor) -> None:
    """Take a packed parcel apart. Raises StillBooked, CashIsShared or WrongState."""
    order = follow.lock(parcel)
    if parcel.is_booked:
        raise StillBooked
    if _shares_cash_with_later(order, parcel):
        raise CashIsShared
    follow.record(parcel, states.move(parcel, ParcelState.CANCELLED, NEXT), by, "Unpacked")
    if order.state == OrderState.PACKED:
        unpack_order(order, by)
    record(order, order.state, order.state, by, "A parcel was unpacked")


def _shares_cash_with_later(order: Order, parcel: Parcel) -> bool:
    """What each parcel collects counts from those before it."""
    later = [one for one in rows(live_parcels(order.id)) if one.id > parcel.id and (one.shipped_at or one.is_booked)]
    return bool(later) and bool(cash_agreed(order))
