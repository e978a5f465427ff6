"""Entries of a timeline, of an order or of one of its parcels: both have the same states on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shop.orders.labels import ORDER_STATUS
from shop.orders.states import OrderState
from shop.store.labels import shown

S = OrderState
FLOW = (S.PLACED, S.CONFIRMED, S.PACKED, S.SHIPPED, S.OUT_FOR_DELIVERY, S.DELIVERED)
PROBLEMS = frozenset({S.DELIVERY_FAILED, S.RETURNING, S.RETURNED, S.CANCELLED})
TITLES = {
    S.PLACED: "Order placed",
    S.CONFIRMED: "Confirmed",
    S.PACKED: "Packed",
    S.SHIPPED: "Shipped",
    S.OUT_FOR_DELIVERY: "Out for delivery",
    S.DELIVERED: "Delivered",
    S.DELIVERY_FAILED: "Delivery failed",
    S.RETURNING: "On its way back to us",
    S.RETURNED: "Back in our shop",
    S.CANCELLED: "Cancelled",
}


@dataclass(frozen=True)
class ShownEvent:
    """One entry of the timeline; state is done, current, todo or problem."""

    title: str
    state: str
    at: datetime | None = None
    text: str = ""


def title_of(state: OrderState) -> str:
    """What a state is called where it happened, or will."""
    return shown(ORDER_STATUS, state, TITLES[state])


def look_of(state: OrderState, is_last: bool) -> str:
    """How an entry looks that happened."""
    if state in PROBLEMS:
        return "problem"
    return "current" if is_last and state != S.DELIVERED else "done"
