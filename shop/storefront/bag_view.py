"""What the bag shows besides its lines: the tax in it, delivery, and how to take back what was just done to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shop.accounts.visitor import Visitor
from shop.cart.bag import Bag
from shop.cart.errors import MOST
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

WAYS_BACK = {"removed": "/cart/lines", "dropped": "/cart/saved"}


@dataclass(frozen=True)
class Undo:
    """What was just done to units of a variant, and where the form goes that takes it back."""

    said: str
    action: str
    variant_id: int
    quantity: int


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


def undo_named(values: Mapping[str, str], bag: Bag) -> Undo | None:
    """How to take back what an address says was done: removed, dropped from what waits, or saved for later.

    None where it names nothing that could come back.
    """
    units = min(max(_number(values.get("units", "1")[:4]), 1), MOST)
    waiting = _number(values.get("later", ""))
    for line in bag.saved:
        if line.id == waiting:
            return Undo(f"Saved for later: {line.called}", f"/cart/saved/{line.id}/bag-line", line.variant_id, units)
    done = next((done for done in WAYS_BACK if values.get(done)), None)
    return _put_back(WAYS_BACK[done], _number(values[done]), units) if done else None


def _put_back(action: str, variant_id: int, units: int) -> Undo | None:
    try:
        variant = variant_on_shelf(variant_id)
    except NotFound:
        return None
    name = f"{variant.product.name}, {variant.colour.name}, {variant.size.label}"
    return Undo(f"Removed: {name}", action, variant.id, units)


def _number(text: str) -> int:
    """A number of an address; 0, which no row has, for anything else."""
    return int(text[:19]) if text.isascii() and text.isdigit() else 0
