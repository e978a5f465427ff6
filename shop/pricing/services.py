"""Tax rates: those a shop begins with, and those that follow. One that held is never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from shop.extensions import db
from shop.lib.money import Money
from shop.lib.queries import one_or_404, one_or_none
from shop.pricing.errors import RateExists, RateHolds, RateInThePast
from shop.pricing.models import TaxRate
from shop.pricing.queries import rate_from
from shop.store.countries import country
from shop.store.countries.profile import Country
from shop.store.days import today


@dataclass(frozen=True)
class NewRate:
    """A rate from a day on, in basis points; above a net price per piece of `threshold` the high one."""

    tax_class: str
    starts_on: date
    low_rate: int
    source: str
    threshold: Money | None = None
    high_rate: int | None = None


def ensure_rates(country: Country) -> None:
    """The rates a shop in this country begins with, where it has none of that country yet."""
    if not db.session.scalar(select(TaxRate.id).where(TaxRate.country == country.code).limit(1)):
        db.session.add_all(rate_from(country.code, row) for row in country.taxes.rows)


def add_rate(new: NewRate) -> TaxRate:
    """Let a rate hold from a day on; those before it stay. Raises RateInThePast or RateExists."""
    here = country()
    ensure_rates(here)
    db.session.flush()
    if new.starts_on < today():
        raise RateInThePast
    same = select(TaxRate).where(TaxRate.country == here.code, TaxRate.tax_class == new.tax_class)
    if one_or_none(same.where(TaxRate.starts_on == new.starts_on)):
        raise RateExists
    high = new.low_rate if new.high_rate is None else new.high_rate
    rate = TaxRate(**vars(new) | {"country": here.code, "high_rate": high})
    db.session.add(rate)
    db.session.flush()
    return rate


def drop_rate(rate_id: int) -> None:
    """Take away a rate whose day is still to come, or is today: a slip of the pen must not tax a whole day's orders.

    What was sold under it stays as it was taxed. Raises NotFound or RateHolds.
    """
    rate = one_or_404(select(TaxRate).where(TaxRate.id == rate_id, TaxRate.country == country().code))
    if rate.starts_on < today():
        raise RateHolds
    db.session.delete(rate)
    db.session.flush()
