"""What a shopper asks of a listing: which part of the shop, which values of each facet, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from shop.lib.money import Money

SORTS = {
    "recommended": "Recommended",
    "new": "New",
    "price": "Price: low to high",
    "price-desc": "Price: high to low",
    "discount": "Discount",
}
FACETS = {"size": "Size", "colour": "Colour", "brand": "Brand"}
PRESETS: tuple[tuple[int | None, int | None], ...] = (
    (None, 499), (500, 999), (1000, 1999), (2000, 2999), (3000, None),
)  # fmt: skip


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
    lowest: Money | None = None
    highest: Money | None = None


@dataclass(frozen=True)
class Wants:
    """Chosen slugs by facet, a price range in whole rupees, and the order."""

    size: tuple[str, ...] = ()
    colour: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    sort: str = "recommended"

    @property
    def has_price(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def count(self) -> int:
        """How many values are chosen; a price range is one."""
        return len(self.size) + len(self.colour) + len(self.brand) + self.has_price

    def without(self, facet: str, slug: str = "") -> Wants:
        """The same without one value, or without the price range."""
        if facet == "price":
            return replace(self, low=None, high=None)
        return self.only(facet, [kept for kept in getattr(self, facet) if kept != slug])

    def only(self, facet: str, slugs: Sequence[str]) -> Wants:
        """The same with these values of a facet."""
        kept = tuple(slugs)
        if facet == "size":
            return replace(self, size=kept)
        return replace(self, colour=kept) if facet == "colour" else replace(self, brand=kept)


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet with the number of products it would show."""

    value: str
    label: str
    count: int
    is_on: bool
    hex: str = ""


@dataclass(frozen=True)
class PricePreset:
    """A ready price range in whole rupees with the number of products in it."""

    low: int | None
    high: int | None
    count: int
    is_on: bool


@dataclass(frozen=True)
class Facets:
    """All facets of a listing, and how many products match everything."""

    size: list[FacetValue] = field(default_factory=list)
    colour: list[FacetValue] = field(default_factory=list)
    brand: list[FacetValue] = field(default_factory=list)
    price: list[PricePreset] = field(default_factory=list)
    total: int = 0
