"""The states of a parcel; the order follows when all its live parcels have reached one."""

from enum import StrEnum

from shop.lib.states import path


class ParcelState(StrEnum):
    PACKED = "packed"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    RETURNING = "returning"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    NOT_SENT = "not_sent"


P = ParcelState
NEXT: dict[ParcelState, frozenset[ParcelState]] = {
    P.PACKED: frozenset({P.SHIPPED, P.CANCELLED, P.NOT_SENT}),
    P.SHIPPED: frozenset({P.OUT_FOR_DELIVERY}),
    P.OUT_FOR_DELIVERY: frozenset({P.DELIVERED, P.DELIVERY_FAILED}),
    P.DELIVERY_FAILED: frozenset({P.OUT_FOR_DELIVERY, P.RETURNING}),
    P.RETURNING: frozenset({P.RETURNED}),
}
OVER = frozenset({P.CANCELLED, P.RETURNED, P.NOT_SENT})
"""A parcel whose goods are on the shelf again: no order waits for it. What is not sent is an order's rest that was
cancelled: it keeps its place among the parcels, so that the cash of each stays what its courier was told."""
ON_THE_WAY = frozenset({P.SHIPPED, P.OUT_FOR_DELIVERY, P.DELIVERY_FAILED, P.RETURNING})
"""It has left the shop, and nobody has taken it for good."""


def way(came_from: ParcelState, to: ParcelState) -> list[ParcelState] | None:
    """The fewest moves from one state to another, in turn: none where they are the same, None where none lead there."""
    return path(NEXT, came_from, to)
