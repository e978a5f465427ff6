"""The states of a parcel; the order follows when all its live parcels have reached one."""

from enum import StrEnum


class ParcelState(StrEnum):
    PACKED = "packed"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    RETURNING = "returning"
    RETURNED = "returned"
    CANCELLED = "cancelled"


P = ParcelState
NEXT: dict[ParcelState, frozenset[ParcelState]] = {
    P.PACKED: frozenset({P.SHIPPED, P.CANCELLED}),
    P.SHIPPED: frozenset({P.OUT_FOR_DELIVERY}),
    P.OUT_FOR_DELIVERY: frozenset({P.DELIVERED, P.DELIVERY_FAILED}),
    P.DELIVERY_FAILED: frozenset({P.OUT_FOR_DELIVERY, P.RETURNING}),
    P.RETURNING: frozenset({P.RETURNED}),
}
