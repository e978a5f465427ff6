"""What invoices do by the clock."""

from __future__ import annotations

from datetime import timedelta

from shop.invoices.services import mark_overdue
from shop.lib.timed import every


@every(timedelta(hours=1))
def mark_overdue_invoices() -> None:
    """Mark issued invoices whose day to pay has passed."""
    mark_overdue()
