"""Reads of tax rates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from shop.lib.queries import rows
from shop.pricing.models import TaxRate


def rates(country: str, tax_classes: Collection[str], on: date) -> dict[str, TaxRate]:
    """The rate in force on a day for each tax class of a country."""
    known = select(TaxRate).where(
        TaxRate.country == country, TaxRate.tax_class.in_(tax_classes), TaxRate.starts_on <= on
    )
    return {rate.tax_class: rate for rate in rows(known.order_by(TaxRate.starts_on))}
