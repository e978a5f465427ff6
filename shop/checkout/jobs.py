"""What checkout does by the clock."""

from __future__ import annotations

from datetime import timedelta

from shop.checkout.services.expiring import expire_unpaid
from shop.checkout.services.reconciling import reconcile
from shop.lib.timed import every


@every(timedelta(minutes=1), opens_own_units=True)
def expire_unpaid_orders() -> None:
    """Cancel orders that stayed unpaid past their time."""
    expire_unpaid()


@every(timedelta(minutes=5), opens_own_units=True)
def reconcile_payments() -> None:
    """Ask providers about payments and refunds of which nothing was heard for long."""
    reconcile()
