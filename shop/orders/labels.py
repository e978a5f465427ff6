"""What the states of orders and of their money are called, unless the owner says otherwise."""

from __future__ import annotations

from sqlalchemy import exists, select

from shop.extensions import db
from shop.orders.models import Order
from shop.orders.states import OrderState, PaymentStanding
from shop.store.labels import BuiltIn, Lookup

S, P = OrderState, PaymentStanding


def _has_state(code: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Order.state == code))))


def _has_standing(code: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Order.payment_standing == code))))


ORDER_STATUS = Lookup("order-status", "status", (
    BuiltIn(1, S.PLACED, "Placed", ("pending",)),
    BuiltIn(2, S.CONFIRMED, "Confirmed", ("paid",)),
    BuiltIn(3, S.PACKED, "Packed", ("processing",)),
    BuiltIn(4, S.SHIPPED, "Shipped"),
    BuiltIn(5, S.OUT_FOR_DELIVERY, "Out for delivery"),
    BuiltIn(6, S.DELIVERED, "Delivered", ("completed",)),
    BuiltIn(7, S.DELIVERY_FAILED, "Delivery failed"),
    BuiltIn(8, S.RETURNING, "Coming back"),
    BuiltIn(9, S.RETURNED, "Returned to shop"),
    BuiltIn(10, S.CANCELLED, "Cancelled"),
), _has_state)  # fmt: skip
PAYMENT_STATUS = Lookup("payment-status", "status", (
    BuiltIn(1, P.PENDING, "Payment pending"),
    BuiltIn(2, P.PAID, "Paid", ("success",)),
    BuiltIn(3, P.FAILED, "Payment failed"),
    BuiltIn(4, P.CANCELLED, "Payment cancelled"),
    BuiltIn(5, P.PARTLY_REFUNDED, "Partly refunded"),
    BuiltIn(6, P.REFUNDED, "Refunded"),
), _has_standing)  # fmt: skip
