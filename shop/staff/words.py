"""States and ways to pay in the owner's words, with the tone of their badge."""

from __future__ import annotations

from shop.orders.states import OrderState, PaymentStanding

ORDER_STATES: dict[str, tuple[str, str]] = {
    OrderState.PLACED: ("Placed", "warn"),
    OrderState.CONFIRMED: ("Confirmed", "neutral"),
    OrderState.PACKED: ("Packed", "neutral"),
    OrderState.SHIPPED: ("Shipped", "info"),
    OrderState.OUT_FOR_DELIVERY: ("Out for delivery", "info"),
    OrderState.DELIVERED: ("Delivered", "good"),
    OrderState.DELIVERY_FAILED: ("Delivery failed", "bad"),
    OrderState.RETURNING: ("Coming back", "warn"),
    OrderState.RETURNED: ("Returned to shop", "neutral"),
    OrderState.CANCELLED: ("Cancelled", "bad"),
}
STANDINGS: dict[str, tuple[str, str]] = {
    PaymentStanding.PENDING: ("Payment pending", "warn"),
    PaymentStanding.PAID: ("Paid", "good"),
    PaymentStanding.FAILED: ("Payment failed", "bad"),
    PaymentStanding.CANCELLED: ("Payment cancelled", "neutral"),
    PaymentStanding.PARTLY_REFUNDED: ("Partly refunded", "neutral"),
    PaymentStanding.REFUNDED: ("Refunded", "neutral"),
}
METHODS = {"cod": "Cash on delivery", "card": "Card", "upi": "UPI"}
REFUND_STATES = {
    "pending": ("Refund on its way", "warn"),
    "done": ("Refunded", "good"),
    "failed": ("Refund failed", "bad"),
}
PAYMENT_STATES = {
    "pending": ("Pending", "warn"),
    "paid": ("Paid", "good"),
    "failed": ("Failed", "bad"),
    "cancelled": ("Cancelled", "neutral"),
}
QUEUES = {
    "confirm": "To confirm",
    "pack": "To pack",
    "ship": "To ship",
    "transit": "On the way",
    "trouble": "Problems",
    "cash": "Cash due",
    "unpaid": "Unpaid",
}
VIEWS = {"": "All"} | QUEUES | {"delivered": "Delivered", "closed": "Closed"}
