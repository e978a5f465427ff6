"""What the ways to pay are called, unless the owner says otherwise."""

from __future__ import annotations

from sqlalchemy import exists, or_, select

from shop.extensions import db
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.payments.offers import offered
from shop.payments.ways import STORE_CREDIT
from shop.store.labels import BuiltIn, Lookup

NOTHING_TO_PAY = "Nothing to pay"
"""What stands in the place of a way to pay where an order costs nothing."""


def _is_used(code: str) -> bool:
    used = or_(exists().where(Order.payment_method == code), exists().where(Payment.method == code))
    return bool(db.session.scalar(select(used)))


PAYMENT_TYPES = Lookup("payment-types", "type", (
    BuiltIn(1, "cod", "Cash on delivery"),
    BuiltIn(2, "card", "Card"),
    BuiltIn(3, "upi", "UPI"),
    BuiltIn(4, "bkash", "bKash"),
    BuiltIn(5, "nagad", "Nagad"),
    BuiltIn(6, "rocket", "Rocket"),
    BuiltIn(7, "paypal", "PayPal"),
    BuiltIn(8, STORE_CREDIT, "Store credit"),
), _is_used, lambda: {*offered(), STORE_CREDIT})  # fmt: skip
