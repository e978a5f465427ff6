"""What happened to an order."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.events import Event


@dataclass(frozen=True)
class OrderEvent(Event):
    """Base: names the order."""

    order_id: int


class OrderPlaced(OrderEvent):
    """A buyer agreed to buy."""


class OrderConfirmed(OrderEvent):
    """The shop will send it: paid, or taken on by the owner."""


class OrderShipped(OrderEvent):
    """The carrier has it."""


class OrderOutForDelivery(OrderEvent):
    """The courier is on the way; the parcel carries a new code."""


class OrderDelivered(OrderEvent):
    """Handed over."""


class OrderDeliveryFailed(OrderEvent):
    """The courier could not hand it over."""


class OrderCancelled(OrderEvent):
    """It will not be sent."""


@dataclass(frozen=True)
class OrderEdited(OrderEvent):
    """The shop changed its lines; the edit says what, and from which total to which."""

    edit_id: int


class OrderRestCancelled(OrderEvent):
    """What was not sent of it will not be; the rest goes on."""


class OrderReturned(OrderEvent):
    """It came back to the shop undelivered."""
