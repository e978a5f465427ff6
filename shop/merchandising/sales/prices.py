"""Prices so many percent above or below another."""

from __future__ import annotations

from dataclasses import dataclass

from shop.lib.money import Money

WHOLE = 100
LEAST_OFF, MOST_OFF = 1, 90


def changed_by(price: Money, percent: int) -> Money:
    """A price so many percent higher, or lower by a negative number.

    It is rounded down to whole units of the currency, at least one.
    """
    exact = price.minor * (100 + percent) // 100
    return Money(max(exact - exact % WHOLE, WHOLE))


def marked_down(price: Money, percent: int) -> Money:
    """A price so many percent lower, rounded as every such price is."""
    return changed_by(price, -percent)


@dataclass(frozen=True)
class PercentOff:
    """A sale price as percent below the regular one, from LEAST_OFF to MOST_OFF."""

    percent: int


SalePrice = Money | PercentOff


def amount_of(said: SalePrice, price: Money) -> Money:
    """What a sale price comes to for a variant of this regular price."""
    return marked_down(price, said.percent) if isinstance(said, PercentOff) else said
