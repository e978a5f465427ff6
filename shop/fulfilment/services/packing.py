"""Packing an order's units into parcels: all of them at once, or some now and the rest later."""

from __future__ import annotations

from collections.abc import Mapping

from shop.extensions import db
from shop.fulfilment.errors import NothingToPack, RestUnpaid, TooManyUnits
from shop.fulfilment.models import Parcel, ParcelLine
from shop.fulfilment.queries import live_parcels, units_left
from shop.fulfilment.services import follow
from shop.fulfilment.states import ParcelState
from shop.lib import faults
from shop.lib.actor import Actor
from shop.lib.queries import rows
from shop.lib.states import WrongState
from shop.orders.models import Order
from shop.orders.services import lock_order
from shop.orders.states import OrderState


def pack_order(order: Order, by: Actor) -> Parcel:
    """Put all that is left of a confirmed order into one parcel. Raises WrongState."""
    return pack_units(order, None, by)


def pack_units(order: Order, units: Mapping[int, int] | None, by: Actor) -> Parcel:
    """Put units of a confirmed order's lines into a parcel: so many of each line's id, or all that is left.

    The order's row is locked before its parcels are counted, so no unit is packed twice.
    Raises RestUnpaid, NothingToPack, TooManyUnits, WrongState.
    """
    order = lock_order(order.id)
    left = units_left(order, rows(live_parcels(order.id)))
    chosen = left if units is None else {line_id: count for line_id, count in units.items() if count}
    if order.state == OrderState.CONFIRMED:
        if order.waits_for_payment:
            raise RestUnpaid
        _check(order, chosen, left)
    return _pack(order, chosen, chosen == left, by)


def _check(order: Order, chosen: Mapping[int, int], left: Mapping[int, int]) -> None:
    if not chosen:
        raise NothingToPack
    names = {line.id: line.name for line in order.lines}
    for line_id, count in chosen.items():
        if not 0 < count <= left.get(line_id, 0):
            raise TooManyUnits(names.get(line_id, ""), left.get(line_id, 0))


def _pack(order: Order, chosen: Mapping[int, int], is_rest: bool, by: Actor) -> Parcel:
    """With the rest in a parcel the order is packed; before that it waits."""
    if is_rest:
        follow.step(order, OrderState.PACKED, by)
    elif order.state != OrderState.CONFIRMED:
        raise WrongState("shop_order", order.state, OrderState.PACKED)
    faults.point("parcel.order_packed")
    parcel = Parcel(order_id=order.id, state=ParcelState.PACKED)
    parcel.lines = [ParcelLine(order_line_id=line_id, quantity=count) for line_id, count in sorted(chosen.items())]
    db.session.add(parcel)
    db.session.flush()
    follow.record(parcel, None, by)
    if not is_rest:
        follow.follow(order, parcel, by)
    return parcel
