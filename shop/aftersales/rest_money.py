"""What cancelling the rest of an order comes to, told before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from shop.fulfilment.models import Parcel, ParcelLine
from shop.fulfilment.queries import units_left
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.fulfilment.shares import shares_of
from shop.fulfilment.states import ParcelState
from shop.lib.money import ZERO, Money, total
from shop.orders.models import Order
from shop.payments import refunds
from shop.payments.errors import NothingToRefund, RestStillDue
from shop.payments.queries import left_of

LOOSE = 0
"""Stands where a parcel's id would stand: for what is in no parcel yet."""


@dataclass(frozen=True)
class RestMoney:
    """What goes back to the buyer, and what the courier no longer collects."""

    back: Money
    uncollected: Money


def money_of_rest(order: Order, parcels: Sequence[Parcel]) -> RestMoney:
    """What `cancel_rest` gives back and gives up, of an order's parcels and pieces as they are now. Writes nothing."""
    parcels = [*parcels, *_loose(order, parcels)]
    cash, shares = cash_by_parcel(order, parcels), shares_of(order, parcels)
    unsent = [parcel for parcel in parcels if parcel.state == ParcelState.PACKED]
    at_the_door = [parcel.id for parcel in unsent if cash.get(parcel.id)]
    prepaid = [max(shares[parcel_id].goods - cash[parcel_id], ZERO) for parcel_id in at_the_door]
    whole = _paid_for(order, [parcel for parcel in unsent if parcel.id not in at_the_door])
    return RestMoney(total([*prepaid, whole]), total([cash[parcel_id] for parcel_id in at_the_door]))


def _loose(order: Order, parcels: Sequence[Parcel]) -> list[Parcel]:
    """The pieces that are in no parcel, as the one they would be."""
    left = units_left(order, parcels)
    lines = [ParcelLine(order_line_id=line.id, order_line=line, quantity=left[line.id])
             for line in order.lines if line.id in left]  # fmt: skip
    return [Parcel(id=LOOSE, order_id=order.id, state=ParcelState.PACKED, lines=lines)] if lines else []


def _paid_for(order: Order, parcels: Sequence[Parcel]) -> Money:
    """What was paid for the units of parcels and not given back yet."""
    left = {part.line_id: part.units for part in left_of(order)}
    units: Counter[int] = Counter()
    for parcel in parcels:
        units.update({line.order_line_id: line.quantity for line in parcel.lines})
    wanted = refunds.Wanted("", {line_id: min(number, left[line_id]) for line_id, number in units.items()})
    try:
        return total([share.amount for share in refunds.plan(order, wanted)])
    except (NothingToRefund, RestStillDue):
        return ZERO
