"""What the bag shows besides its lines: the tax in it, delivery, and the line that was just removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shop.accounts.visitor import Visitor
from shop.cart.bag import Bag
from shop.cart.goal import delivery_goal
from shop.cart.queries import bag_of
from shop.catalog.queries import variant_on_shelf
from shop.checkout.queries import goods_of, today_here
from shop.delivery import queries as delivery_queries
from shop.lib.errors import NotFound
from shop.lib.money import ZERO
from shop.pricing.quoting import quote
from shop.pricing.values import Buyer
from shop.store.queries import store
from shop.store.settings import GUEST_CHECKOUT, value_of
from shop.storefront.order_view import tax_note


@dataclass(frozen=True)
class Removed:
    """A line that can be put back."""

    variant_id: int
    quantity: int
    name: str


def bag_context(here: Visitor) -> dict[str, Any]:
    """Everything the bag's templates need."""
    bag = bag_of(here)
    goal = None if bag.is_empty else delivery_goal(bag, delivery_queries.methods())
    return {"bag": bag, "goal": goal, "guests_may_buy": value_of(GUEST_CHECKOUT)} | _tax_of(bag, here)


def removed_before(values: Mapping[str, str]) -> Removed | None:
    """The removed line that an address names; None when it names none that could come back."""
    variant_id, units = values.get("removed", ""), values.get("units", "1")
    if not (variant_id.isascii() and variant_id.isdigit() and units.isascii() and units.isdigit()):
        return None
    try:
        variant = variant_on_shelf(int(variant_id[:19]))
    except NotFound:
        return None
    name = f"{variant.product.name}, {variant.colour.name}, {variant.size.label}"
    return Removed(variant.id, min(max(int(units[:4]), 1), 100), name)


def _tax_of(bag: Bag, here: Visitor) -> dict[str, Any]:
    """The tax of what can be bought: in words where the prices contain it, as an amount where it comes on top."""
    buyable = replace(bag, lines=tuple(bag.sold))
    if buyable.is_empty:
        return {"tax_note": None, "tax_added": ZERO}
    quoted = quote(goods_of(buyable), Buyer(store().country, None, here.user_id), None, today_here())
    return {"tax_note": tax_note(quoted.tax_contained), "tax_added": quoted.tax_added}
