"""Prices so many percent above or below another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shop.lib.money import Money
from shop.store.typed import parse_money

WHOLE = 100
OFF = re.compile(r"[-\u2212]?\s*([0-9]{1,3})\s*%(?:\s*off)?", re.IGNORECASE)
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


def parse_sale_price(text: str) -> SalePrice | None:
    """What a person typed as a sale price, None for nothing; a ValueError says what is wrong."""
    found = OFF.fullmatch(text.strip())
    if not found:
        return parse_money(text)
    if not LEAST_OFF <= int(found[1]) <= MOST_OFF:
        raise ValueError(f"Enter from {LEAST_OFF} to {MOST_OFF} percent, or an amount.")
    return PercentOff(int(found[1]))
