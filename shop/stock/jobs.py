"""What stock does by the clock."""

from __future__ import annotations

from datetime import timedelta

from shop.lib.timed import every
from shop.stock.services import forget_old_waits, tell_of_low_stock, tell_who_waits


@every(timedelta(minutes=5))
def tell_owner_of_low_stock() -> None:
    """One mail for all that ran low in five minutes."""
    tell_of_low_stock()


@every(timedelta(minutes=5))
def tell_shoppers_what_is_back() -> None:
    """A size that is there for a moment only, while an order is given up and another takes it, mails nobody."""
    tell_who_waits()


@every(timedelta(hours=24))
def forget_waits() -> None:
    forget_old_waits()
