"""Writes of fulfilment: from a confirmed order to the buyer's door, or back."""

from shop.fulfilment.services.cash import collect_cash, collect_cash_of
from shop.fulfilment.services.handover import (
    deliver_parcel,
    renew_code,
    renew_link,
    send_out,
    take_attempt,
    withdraw_link,
)
from shop.fulfilment.services.packing import pack_order, pack_units
from shop.fulfilment.services.parcels import (
    confirm_order,
    fail_delivery,
    ship_parcel,
    start_return,
    units_in,
)
from shop.fulfilment.services.unpacking import unpack

__all__ = [
    "collect_cash",
    "collect_cash_of",
    "confirm_order",
    "deliver_parcel",
    "fail_delivery",
    "pack_order",
    "pack_units",
    "renew_code",
    "renew_link",
    "send_out",
    "ship_parcel",
    "start_return",
    "take_attempt",
    "units_in",
    "unpack",
    "withdraw_link",
]
