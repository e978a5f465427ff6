"""Which ways to pay a buyer can choose: those of the store's country that somebody serves, and PayPal."""

from __future__ import annotations

from shop.delivery.cash import CASH_ON_DELIVERY
from shop.payments.gateways import is_served
from shop.payments.ways import PAYPAL, WAYS, Way
from shop.store.countries import country


def offered() -> dict[str, Way]:
    """The ways to pay in the store's country, in the order they are offered."""
    return {code: WAYS[code] for code in (*country().payments, PAYPAL) if is_served(code)}


def paid_before() -> dict[str, Way]:
    """Those by which an order is paid before it is sent."""
    return {code: way for code, way in offered().items() if code != CASH_ON_DELIVERY}


def ways_to_pay() -> str:
    """The same in a sentence: UPI, card or cash on delivery."""
    *others, last = (way.spoken for way in offered().values())
    return f"{', '.join(others)} or {last}" if others else last
