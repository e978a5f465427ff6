"""Sets up the tax rates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from shop.extensions import db
from shop.lib.money import Money
from shop.pricing.models import TaxRate


def ensure_rates() -> None:
    """India's GST on apparel, where there is no rate yet: 5 % up to a net price per piece, above it more."""
    if db.session.scalar(select(func.count(TaxRate.id))):
        return
    old = TaxRate(country="IN", tax_class="apparel", starts_on=date(2017, 7, 1), threshold=Money(100000), low_rate=500,
                  high_rate=1200, source="Notification 1/2017-Central Tax (Rate), chapters 61 and 62")  # fmt: skip
    new = TaxRate(country="IN", tax_class="apparel", starts_on=date(2025, 9, 22), threshold=Money(250000), low_rate=500,
                  high_rate=1800, source="56th GST Council meeting, in force from 22 September 2025")  # fmt: skip
    db.session.add_all((old, new))
