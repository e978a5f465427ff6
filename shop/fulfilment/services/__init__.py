"""Writes of fulfilment: from a confirmed order to the buyer's door, or back."""

from shop.fulfilment.services.cash import collect_cash
from shop.fulfilment.services.handover import deliver_parcel, renew_code, send_out, take_attempt
from shop.fulfilment.services.parcels import (
    confirm_order,
    fail_delivery,
    pack_order,
    ship_parcel,
    start_return,
)

__all__ = [
    "collect_cash",
    "confirm_order",
    "deliver_parcel",
    "fail_delivery",
    "pack_order",
    "renew_code",
    "send_out",
    "ship_parcel",
    "start_return",
    "take_attempt",
]
