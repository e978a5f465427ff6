"""What the bag shows besides its lines: the tax in it, delivery, and the line that was just removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shop.accounts.visitor import Visitor
from shop.cart.bag import Bag
from shop.cart.goal import DeliveryGoal, delivery_goal
from shop.cart.queries import bag_of
from shop.catalog.queries import variant_on_shelf
from shop.checkout.coupons import best_offer, refusal
from shop.checkout.prices import price_bag
from shop.delivery import queries as delivery_queries
from shop.delivery.zones import Place
from shop.lib.errors import NotFound
from shop.pricing.rows import Row, total_rows
from shop.pricing.trace import told
from shop.pricing.values import Quote
from shop.store.formats import money
from shop.store.settings import GUEST_CHECKOUT, value_of
from shop.storefront.delivery_check import place_remembered
from shop.storefront.forms.cart import CouponForm
from shop.storefront.order_view import tax_note


@dataclass(frozen=True)
class Removed:
    """A line that can be put back."""

    variant_id: int
    quantity: int
    name: str


def bag_context(here: Visitor, coupon_form: CouponForm | None = None) -> dict[str, Any]:
    """Everything the bag's templates need; the form is one that was refused."""
    bag = bag_of(here)
    if bag.is_empty:
        return {"bag": bag}
    priced = price_bag(here, bag.sold, bag.coupon_code)
    place, quote = place_remembered(), priced.quote(None)
    goal = delivery_goal(priced, delivery_queries.methods_to(place))
    return {
        "bag": bag,
        "offer": None if bag.coupon_code else best_offer(here, bag.sold, priced),
        "coupon_form": coupon_form or CouponForm(formdata=None),
        "coupon_problem": refusal(priced) if bag.coupon_code else None,
        "goal": goal,
        "quote": quote,
        "rows": bag_rows(bag, quote, goal, place),
        "steps": told(quote.trace),
        "tax_note": tax_note(quote.tax_contained),
        "guests_may_buy": value_of(GUEST_CHECKOUT),
    }


def bag_rows(bag: Bag, quote: Quote, goal: DeliveryGoal | None, place: Place | None) -> list[Row]:
    """The rows above a bag's total: regular prices first where there is a sale; delivery to where it is wanted."""
    items, *others = total_rows(quote, _delivery(goal, place))
    saved: list[Row] = [("Regular price", bag.regular_total, ""), ("You save", -bag.savings, "good")]
    return [*(saved if bag.savings else [items] if quote.discount else []), *others]


def _delivery(goal: DeliveryGoal | None, place: Place | None) -> str | None:
    if goal:
        return f"from {money(goal.cheapest)}" if goal.cheapest else "Free"
    return f"Not to {place.postal_code}" if place else None


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
