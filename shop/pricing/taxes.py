"""The tax within a price, or on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from shop.lib.money import ZERO, Money
from shop.pricing.queries import Rate
from shop.store.countries.profile import Taxes

WHOLE = 10_000


class Taxed(Protocol):
    """A line of a quote or of an order: what it comes to, and its rate in basis points."""

    @property
    def total(self) -> Money: ...

    @property
    def tax_rate(self) -> int: ...


def rate_for(rate: Rate, paid: Money, quantity: int) -> int:
    """The rate in basis points for units sold at a price that includes tax, after every discount.

    The low rate holds exactly when the net price of a piece at that rate is at most the threshold
    (56th GST Council: 5 % up to ₹2,500 a piece since 22 September 2025, else 18 %).
    """
    if rate.threshold is None:
        return rate.low_rate
    is_low = paid.minor * WHOLE <= rate.threshold.minor * (WHOLE + rate.low_rate) * quantity
    return rate.low_rate if is_low else rate.high_rate


def tax_of(price: Money, rate: int, taxes: Taxes, shares: int) -> Money:
    """The tax in or on a price, as the country has it, at a rate in basis points.

    Each of its equal `shares` is rounded half up for itself, and what they leave of a price with tax is its taxable
    value: so CGST and SGST are the same, as one value at half the rate each (CGST Act and the states' Acts, s. 9).
    """
    return price.share(rate, (WHOLE if taxes.is_added else WHOLE + rate) * shares) * shares


def delivery_rate(lines: Sequence[Taxed]) -> int:
    """Delivery and fee are part of a composite supply: they bear the rate of the principal goods (CGST Act, s. 8)."""
    return max(lines, key=lambda line: line.total).tax_rate if lines else 0


def parted(tax: Money, taxes: Taxes) -> tuple[Money, Money]:
    """A tax as what is contained and what is added; one of them is nothing."""
    return (ZERO, tax) if taxes.is_added else (tax, ZERO)
