"""The interface every courier is used through. Couriers are spoken to outside of units of work, never inside one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from shop.lib.money import Money


class EventKind(StrEnum):
    """What couriers tell of a shipment, in the words of no one of them."""

    PICKED_UP = "picked_up"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    REFUSED = "refused"
    NOT_AT_HOME = "not_at_home"
    COMING_BACK = "coming_back"


@dataclass(frozen=True)
class Shipment:
    """What a courier is asked to fetch. `reference` is the shop's own name for it: asked twice, it is one shipment.

    `to_collect` is the cash to take at the door; `address` is the order's.
    """

    reference: str
    address: Mapping[str, Any]
    to_collect: Money
    pieces: int
    grams: int


@dataclass(frozen=True)
class Booking:
    """What a courier answers: who carries it, and the number it goes by (AWB)."""

    carrier: str
    tracking_number: str


@dataclass(frozen=True)
class CourierTold:
    """One event of a shipment. `id` is the courier's, the same however often it is sent."""

    id: str
    tracking_number: str
    kind: EventKind
    happened_at: datetime
    note: str = ""


class Courier(Protocol):
    """A courier. Calls may be repeated: what was done once is not done again."""

    name: str

    def create(self, shipment: Shipment) -> Booking:
        """Ask for a shipment to be fetched. Raises CourierAway."""
        ...

    def label(self, shipment: Shipment, booking: Booking) -> bytes:
        """What is stuck on the parcel, as PDF. Raises CourierAway."""
        ...

    def cancel(self, tracking_number: str) -> None:
        """Take back what was not fetched yet. Raises CourierAway."""
        ...

    def read(self, body: bytes, signature: str) -> CourierTold:
        """What a webhook says. Raises NotSigned unless the courier signed every byte of it."""
        ...
