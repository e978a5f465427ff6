"""What a shopper asks of a listing: which part of the shop, which values of each facet, in which order.

A facet is an entry of FACETS and a field of Wants. Where it is a trait of the whole product it has a letter besides
(catalog/traits.py); what each variant is asked is in catalog/assortments.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from shop.lib.money import Money

SORTS = {
    "recommended": "Recommended",
    "new": "New",
    "price": "Price: low to high",
    "price-desc": "Price: high to low",
    "popularity": "Popularity",
    "discount": "Discount",
    "name": "Name",
}
FACETS = {
    "size": "Size",
    "colour": "Colour",
    "brand": "Brand",
    "type": "Garment",
    "attributes": "Details",
    "occasion": "Occasion",
    "discount": "Discount",
    "stock": "Availability",
}
PRESETS: tuple[tuple[int | None, int | None], ...] = (
    (None, 499), (500, 999), (1000, 1999), (2000, 2999), (3000, None),
)  # fmt: skip
BANDS = (10, 20, 30, 40, 50)
"""Discounts in percent; a product of 35 % has the first three."""


@dataclass(frozen=True)
class Scope:
    """A part of the shop: a branch of the category tree, the products that have all these words, or the whole.

    What only apps ask by narrows it further; `lowest` and `highest` are bounds of the price a card shows.
    """

    path: str | None = None
    words: tuple[str, ...] = ()
    any_word: bool = False
    brand_id: int | None = None
    occasion_id: int | None = None
    product_type_id: int | None = None
    in_stock: bool | None = None
    featured: bool = False
    lowest: Money | None = None
    highest: Money | None = None


@dataclass(frozen=True)
class Wants:
    """Chosen values by facet, a price range in whole rupees, and the order.

    An attribute's value is `fit:relaxed`; `discount` is the least percentage. `mine` are the sizes somebody saved by
    kind of garment, `upper:m`: of a garment they name it wants one of them in stock, of the others nothing.
    """

    size: tuple[str, ...] = ()
    colour: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    occasion: tuple[str, ...] = ()
    discount: tuple[str, ...] = ()
    stock: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    sort: str = "recommended"

    @property
    def has_price(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The chosen values as (facet, value), facet by facet."""
        return [(facet, value) for facet in FACETS for value in getattr(self, facet)]

    @property
    def count(self) -> int:
        """How many values are chosen; a price range is one, and so are saved sizes."""
        return len(self.chosen) + self.has_price + bool(self.mine)

    def without(self, facet: str, value: str = "") -> Wants:
        """The same without one value; without the price range, or the saved sizes."""
        if facet == "price":
            return replace(self, low=None, high=None)
        if facet == "mine":
            return replace(self, mine=())
        return self.only(facet, [kept for kept in getattr(self, facet) if kept != value])

    def only(self, facet: str, values: Iterable[str]) -> Wants:
        """The same with these values of a facet."""
        changed: dict[str, Any] = {facet: tuple(values)}
        return replace(self, **changed)


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet with the number of products it would show; `title` is what an attribute is called."""

    value: str
    label: str
    count: int
    is_on: bool
    hex: str = ""
    title: str = ""


@dataclass(frozen=True)
class PricePreset:
    """A ready price range in whole rupees with the number of products in it."""

    low: int | None
    high: int | None
    count: int
    is_on: bool


@dataclass(frozen=True)
class Facets:
    """All facets of a listing by name, the price's ready ranges, and how many products match everything."""

    values: dict[str, list[FacetValue]] = field(default_factory=dict)
    price: list[PricePreset] = field(default_factory=list)
    total: int = 0
