"""What invoices do by the clock."""

from __future__ import annotations

from datetime import timedelta

from shop.invoices.services import forget_due, mark_overdue
from shop.lib.timed import every


@every(timedelta(hours=1))
def mark_overdue_invoices() -> None:
    """Mark issued invoices whose day to pay has passed."""
    mark_overdue()


@every(timedelta(days=1))
def forget_former_buyers() -> None:
    """Take out whom invoices named as long as the law wanted it, of accounts that were deleted."""
    forget_due()
