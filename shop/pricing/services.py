"""Sets up the tax rates."""

from __future__ import annotations

from sqlalchemy import select

from shop.extensions import db
from shop.pricing.models import TaxRate
from shop.pricing.queries import rate_from
from shop.store.countries.profile import Country


def ensure_rates(country: Country) -> None:
    """The rates a shop in this country begins with, where it has none of that country yet."""
    if not db.session.scalar(select(TaxRate.id).where(TaxRate.country == country.code).limit(1)):
        db.session.add_all(rate_from(country.code, row) for row in country.taxes.rows)
