"""The rows above a total, the same for bag, checkout, order and mail."""

from __future__ import annotations

from typing import Protocol

from shop.lib.money import Money
from shop.pricing.trace import Discount
from shop.store.countries import country

Row = tuple[str, Money | str, str]
CASH_FEE = "Fee of cash on delivery"


class Price(Protocol):
    """A quote, or an order that kept one."""

    @property
    def lines_total(self) -> Money: ...
    @property
    def discounts(self) -> tuple[Discount, ...]: ...
    @property
    def payment_fee(self) -> Money: ...
    @property
    def tax_added(self) -> Money: ...


def total_rows(price: Price, delivery: Money | str | None) -> list[Row]:
    """Goods, each discount by its name, delivery, fee, and tax on top: name, amount or words, and tone.

    Delivery is a charge or words; None leaves it out.
    """
    found: list[Row] = [("Items", price.lines_total, "")]
    found += [(one.name, -one.amount, "sale") for one in price.discounts]
    if delivery is not None:
        found.append(("Delivery", delivery or "Free", "" if delivery else "good"))
    if price.payment_fee:
        found.append((CASH_FEE, price.payment_fee, ""))
    if price.tax_added:
        found.append((country().taxes.name, price.tax_added, ""))
    return found
