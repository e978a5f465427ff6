"""How long an order waits for its money."""

from __future__ import annotations

from datetime import datetime, timedelta

from shop.delivery.cash import CASH_ON_DELIVERY
from shop.lib.clock import now
from shop.lib.money import ZERO, Money
from shop.store.settings import RESERVATION_MINUTES, value_of


def time_to_pay(method: str, part: Money = ZERO) -> datetime | None:
    """Until when an order is to be paid that is placed now, or a part of it; None where the courier gets all."""
    return None if method == CASH_ON_DELIVERY and not part else now() + timedelta(minutes=value_of(RESERVATION_MINUTES))
