"""What can be done to many products at once, each under the rules of a single edit.

An action says what would change of a product, and writes nothing. A new one is one more entry of ACTIONS; where it
takes a value, a field of that name stands in the owner's forms (`shop/staff/forms/bulk_edit.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shop.accounts.permissions import Permission as P
from shop.catalog.models import Brand, Category, Occasion, Product, Variant
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError, WrongFields
from shop.lib.money import Money
from shop.merchandising.errors import PriceRefused
from shop.merchandising.products.rules import check_ready
from shop.merchandising.rules import check_prices
from shop.merchandising.sales.prices import changed_by, marked_down
from shop.store.formats import moment, money

NOTHING = "–"
LOW_AT = "low_at"


@dataclass(frozen=True)
class Change:
    """A value of a product or a variant that becomes another; `before` and `after` say it in words."""

    row: Any
    column: str
    value: Any
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Said:
    """The value of an edit, and at how many for sale each variant counts as low now."""

    value: Any = None
    low_at: Mapping[int, int] = field(default_factory=dict)


Plan = Callable[[Product, Said], Iterator[Change]]


@dataclass(frozen=True)
class Action:
    """A change that fits many products. `takes` names its value, `read` turns the number that is kept into it."""

    title: str
    plan: Plan
    takes: str | None = None
    read: Callable[[int], Any] = lambda number: number
    names: str | None = None
    permission: P = P.PRODUCT_UPDATE

    @property
    def is_logged(self) -> bool:
        """Whether the audit log has it and undoes it; of stock the edit keeps what it replaced (`low_points`)."""
        return self.permission == P.PRODUCT_UPDATE


def sold(product: Product) -> list[Variant]:
    """What a product comes in now."""
    return [variant for variant in product.variants if variant.retired_at is None]


def _show(product: Product, _said: Said) -> Iterator[Change]:
    if product.published_at is None:
        check_ready(product)
        yield Change(product, "published_at", now(), "State", "Hidden", "On the shelf")
        if product.publish_at is not None:
            yield Change(product, "publish_at", None, "Comes on the shelf", moment(product.publish_at), NOTHING)


def _hide(product: Product, _said: Said) -> Iterator[Change]:
    if product.published_at is not None:
        yield Change(product, "published_at", None, "State", "On the shelf", "Hidden")


def _feature(product: Product, _said: Said) -> Iterator[Change]:
    if product.featured_at is None:
        yield Change(product, "featured_at", now(), "Featured", "No", "Yes")


def _unfeature(product: Product, _said: Said) -> Iterator[Change]:
    if product.featured_at is not None:
        yield Change(product, "featured_at", None, "Featured", "Yes", "No")


def _sort_by(column: str, what: str) -> Plan:
    """Gives products another brand, category or occasion."""

    def plan(product: Product, said: Said) -> Iterator[Change]:
        before, after = getattr(product, what.lower()), said.value
        if before is not after:
            names = (one.name if one else NOTHING for one in (before, after))
            yield Change(product, column, after.id if after else None, what, *names)

    return plan


def _there(model: Any) -> Callable[[int], Any]:
    """Reads what products are sorted by; 0 is none. Raises WrongFields for one that is gone."""

    def read(number: int) -> Any:
        found = db.session.get(model, number) if number else None
        if number and (found is None or found.deleted_at is not None):
            raise WrongFields("It is not there any more.", {"value": "There is no such one any more."})
        return found

    return read


def _prices(price: Callable[[Variant, Said], Money], sale: Callable[[Variant, Said], Money | None]) -> Plan:
    """Gives every variant a price and a sale price; of a product all or none."""

    def plan(product: Product, said: Said) -> Iterator[Change]:
        for variant in sold(product):
            name, wanted = f"{variant.colour.name}, {variant.size.label}", (price(variant, said), sale(variant, said))
            try:
                check_prices(product.mrp, *wanted)
            except PriceRefused as error:
                raise ShopError(f"{name}: {error}") from error
            yield from _price_changes(variant, name, *wanted)

    return plan


def _price_changes(variant: Variant, name: str, price: Money, sale_price: Money | None) -> Iterator[Change]:
    for column, what, after in (("price", "Price", price), ("sale_price", "Sale price", sale_price)):
        before = getattr(variant, column)
        if before != after:
            yield Change(variant, column, after, f"{what} of {name}", _amount(before), _amount(after))


def _low_at(product: Product, said: Said) -> Iterator[Change]:
    for variant in sold(product):
        before = said.low_at.get(variant.id, 0)
        if before != said.value:
            name = f"{variant.colour.name}, {variant.size.label}"
            yield Change(variant, LOW_AT, said.value, f"Low at of {name}", str(before), str(said.value))


def _amount(amount: Money | None) -> str:
    return money(amount) if amount else NOTHING


def _price_now(variant: Variant, _said: Said) -> Money:
    return variant.price


def _sale_now(variant: Variant, _said: Said) -> Money | None:
    return variant.sale_price


ACTIONS: dict[str, Action] = {
    "show": Action("Put on the shelf", _show),
    "hide": Action("Hide", _hide),
    "feature": Action("Feature", _feature),
    "unfeature": Action("Feature no longer", _unfeature),
    "brand": Action("Change the brand", _sort_by("brand_id", "Brand"), "brand", _there(Brand), "brand_id"),
    "category": Action(
        "Change the category", _sort_by("category_id", "Category"), "category", _there(Category), "category_id"
    ),
    "occasion": Action(
        "Change the occasion", _sort_by("occasion_id", "Occasion"), "occasion", _there(Occasion), "occasion_id"
    ),
    "price_by": Action(
        "Raise or lower the price", _prices(lambda v, said: changed_by(v.price, said.value), _sale_now), "change"
    ),
    "price": Action("Set the price", _prices(lambda _, said: said.value, _sale_now), "amount", Money),
    "sale": Action("Put on sale", _prices(_price_now, lambda v, said: marked_down(v.price, said.value)), "off"),
    "end_sale": Action("End the sale", _prices(_price_now, lambda _v, _said: None)),
    LOW_AT: Action("Set when it counts as low", _low_at, "units", permission=P.STOCK_ADJUST),
}
