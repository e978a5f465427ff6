"""What stock does by the clock."""

from __future__ import annotations

from datetime import timedelta

from shop.lib.timed import every
from shop.stock.services import tell_of_low_stock


@every(timedelta(minutes=5))
def tell_owner_of_low_stock() -> None:
    """One mail for all that ran low in five minutes."""
    tell_of_low_stock()
