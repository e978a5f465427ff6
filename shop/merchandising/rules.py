"""What prices of the shelf keep to, whoever sets them: the product editor, an import, an undo."""

from __future__ import annotations

from collections.abc import Iterable

from shop.lib.money import Money
from shop.merchandising.errors import PriceRefused
from shop.store.formats import money


def check_prices(mrp: Money, price: Money, sale_price: Money | None, field: str | None = None) -> None:
    """Nothing is sold above its MRP (Legal Metrology (Packaged Commodities) Rules 2011, rule 18(2)).

    Raises PriceRefused at the field that was changed, or at the one that is wrong.
    """
    if price > mrp:
        raise PriceRefused(f"The price cannot be above the MRP, {money(mrp)}.", field=field or "price")
    if sale_price is not None and sale_price >= price:
        raise PriceRefused(f"The sale price must be below the price, {money(price)}.", field=field or "sale_price")


def check_mrp(mrp: Money, prices: Iterable[Money]) -> None:
    """The MRP covers every price of the product. Raises PriceRefused."""
    highest = max(prices, default=None)
    if highest and mrp < highest:
        raise PriceRefused(f"The MRP cannot be below the highest price, {money(highest)}.", field="mrp")
