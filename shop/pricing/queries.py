"""Reads of tax rates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from shop.lib.kept import kept_by_stamp
from shop.lib.money import Money
from shop.lib.queries import rows
from shop.pricing.models import TaxRate
from shop.store.countries import country_of
from shop.store.countries.profile import TaxRow


@dataclass(frozen=True)
class Rate:
    """What holds for a tax class from a day on, in basis points: above `threshold` the high rate."""

    tax_class: str
    starts_on: date
    threshold: Money | None
    low_rate: int
    high_rate: int


def rates(country: str, tax_classes: Collection[str], on: date) -> dict[str, Rate]:
    """The rate in force on a day for each tax class of a country."""
    known = (rate for rate in _rates_of(country) if rate.tax_class in tax_classes and rate.starts_on <= on)
    return {rate.tax_class: rate for rate in known}


def all_rates(country: str) -> list[TaxRate]:
    """Every rate of a country by class, the newest first, for whoever keeps them; empty before the first is kept."""
    kept = select(TaxRate).where(TaxRate.country == country)
    return rows(kept.order_by(TaxRate.tax_class, TaxRate.starts_on.desc()))


def tax_classes(country: str) -> list[str]:
    """The classes of goods that a country has a rate for."""
    return sorted({rate.tax_class for rate in _rates_of(country)})


@kept_by_stamp(1, for_writers=True)
def _rates_of(country: str) -> tuple[Rate, ...]:
    """Every rate of a country, the oldest first; where none is kept, those its profile begins with."""
    kept = select(TaxRate).where(TaxRate.country == country).order_by(TaxRate.starts_on)
    known = rows(kept.execution_options(populate_existing=True))
    found = known or [rate_from(country, row) for row in country_of(country).taxes.rows]
    return tuple(Rate(row.tax_class, row.starts_on, row.threshold, row.low_rate, row.high_rate) for row in found)


def rate_from(country: str, row: TaxRow) -> TaxRate:
    """A row of a country's profile as one of ours."""
    return TaxRate(
        country=country,
        tax_class=row.tax_class,
        starts_on=row.starts_on,
        threshold=None if row.threshold is None else Money(row.threshold),
        low_rate=row.low_rate,
        high_rate=row.low_rate if row.high_rate is None else row.high_rate,
        source=row.source,
    )
