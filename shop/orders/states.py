"""The states of an order and its moves (ORD-03); payment is a state apart."""

from enum import StrEnum


class OrderState(StrEnum):
    PLACED = "placed"
    CONFIRMED = "confirmed"
    PACKED = "packed"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    RETURNING = "returning"
    RETURNED = "returned"
    CANCELLED = "cancelled"


S = OrderState
NEXT: dict[OrderState, frozenset[OrderState]] = {
    S.PLACED: frozenset({S.CONFIRMED, S.CANCELLED}),
    S.CONFIRMED: frozenset({S.PACKED, S.CANCELLED}),
    S.PACKED: frozenset({S.SHIPPED, S.CANCELLED}),
    S.SHIPPED: frozenset({S.OUT_FOR_DELIVERY}),
    S.OUT_FOR_DELIVERY: frozenset({S.DELIVERED, S.DELIVERY_FAILED, S.RETURNING}),
    S.DELIVERY_FAILED: frozenset({S.OUT_FOR_DELIVERY, S.RETURNING}),
    S.RETURNING: frozenset({S.RETURNED, S.DELIVERED}),
}
"""An order follows its parcels: one on its way back may be the last that the others, delivered, waited for."""


REVIVAL: dict[OrderState, frozenset[OrderState]] = {S.CANCELLED: frozenset({S.CONFIRMED})}
"""The one way back: the money of an order that nobody paid in time came after all, and its goods are still there."""

UNPACKING: dict[OrderState, frozenset[OrderState]] = {S.PACKED: frozenset({S.CONFIRMED})}
"""A parcel that was packed and not sent yet is taken apart again."""

NO_REVENUE = frozenset({S.CANCELLED, S.RETURNED})
"""Where an order ends without the shop having sold anything; none of its moves leads out of them."""

OVER = frozenset(OrderState) - NEXT.keys()
"""From here an order goes nowhere."""

NOTES_TOLD = frozenset({S.CONFIRMED, S.DELIVERY_FAILED, S.CANCELLED})
"""The moves whose note is meant for the buyer, too."""


class PaymentStanding(StrEnum):
    """How an order stands with its money, over all its payments."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


SETTLED = frozenset({PaymentStanding.PAID, PaymentStanding.PARTLY_REFUNDED, PaymentStanding.REFUNDED})
"""Nothing of an order is waited for any more."""
