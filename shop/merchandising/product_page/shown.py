"""What a product's page shows, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from shop.catalog.pictures import ShownPicture
from shop.catalog.queries import CategoryNode
from shop.catalog.size_guide.comparing import measures_of
from shop.catalog.size_guide.tables import SizeTable
from shop.delivery.zones import EVERYWHERE, Zones
from shop.lib.files.kinds import StoredPicture
from shop.lib.money import Money

FABRIC = ("Fabric", "Composition", "Weight of cloth", "Lining", "Care")
FIT = ("Fit", "Rise", "Length", "Sleeve", "Model")


@dataclass(frozen=True, kw_only=True)
class ShownProduct:
    """A product as its page reads it, with the names of what it is sorted by."""

    id: int
    slug: str
    name: str
    description: str
    specifications: dict[str, Any]
    mrp: Money
    hsn: str
    country_of_origin: str
    maker: str
    net_quantity: str
    brand: str
    brand_slug: str
    brand_active: bool
    brand_logo: StoredPicture | None
    category_path: str
    kind: str
    kind_slug: str
    garment: str
    size_table: dict[str, Any] | None
    size_chart: StoredPicture | None


@dataclass(frozen=True)
class Piece:
    """A variant as the page reads it: one colour and size, what it costs, and how many are left for sale."""

    id: int
    sku: str
    price: Money
    sale_price: Money | None
    weight_grams: int
    colour_id: int
    colour_slug: str
    colour_name: str
    colour_hex: str
    size_slug: str
    size_label: str
    size_position: int
    left: int

    @property
    def current_price(self) -> Money:
        return self.sale_price or self.price

    @property
    def was(self) -> Money | None:
        return self.price if self.sale_price else None


@dataclass(frozen=True)
class ColourChoice:
    """A colour the product comes in."""

    id: int
    slug: str
    name: str
    hex: str
    url: str


@dataclass(frozen=True)
class SizeChoice:
    """A size of the shown colour: `state` is in, low or out; `note` says so in words."""

    id: int
    slug: str
    label: str
    note: str
    state: str


@dataclass(frozen=True)
class Sending:
    """One way to get it: what it costs and when it comes."""

    name: str
    charge: Money
    free_from: Money | None
    first_day: date
    last_day: date
    zones: Zones = EVERYWHERE


@dataclass(frozen=True, kw_only=True)
class ProductPage:
    """One product in one colour."""

    product: ShownProduct
    category: CategoryNode
    pieces: list[Piece]
    pictures: Sequence[Any]
    colours: list[ColourChoice]
    colour: ColourChoice
    sizes: list[SizeChoice]
    chosen_id: int | None
    was_cleared: bool
    price: Money
    was: Money | None
    gallery: list[ShownPicture]
    legal_facts: list[tuple[str, str]]
    sendings: list[Sending] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.product.id

    @property
    def is_sold_out(self) -> bool:
        """Whether the colour has no size left."""
        return all(size.state == "out" for size in self.sizes)

    @property
    def is_all_sold_out(self) -> bool:
        """Whether no colour has a size left."""
        return all(piece.left <= 0 for piece in self.pieces)

    @property
    def percent(self) -> int:
        return self.price.percent_below(self.was) if self.was else 0

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.product.description.split("\n\n") if part.strip()]

    @property
    def fabric(self) -> list[tuple[str, str]]:
        return _named(self.product, FABRIC)

    @property
    def fit(self) -> list[tuple[str, str]]:
        return _named(self.product, FIT)

    @property
    def details(self) -> list[tuple[str, str]]:
        """What stands under no other heading."""
        others = [name for name in self.product.specifications if name not in (*FABRIC, *FIT)]
        return _named(self.product, others)

    @property
    def department(self) -> str:
        """The category at the root, which size tables keep rows for."""
        return self.category.trail[0].name

    @property
    def size_table(self) -> SizeTable:
        """The measurements of its kind, for who it is made for."""
        return SizeTable.of(self.product.size_table).worn_by(self.department)

    @property
    def guide_url(self) -> str | None:
        """Where its sizes are explained; None without a size table or a chart."""
        if not (self.product.size_table or self.product.size_chart):
            return None
        return f"/size-guide/{self.product.kind_slug}?{urlencode({'for': self.department.casefold()})}"

    @property
    def is_measured(self) -> bool:
        """Whether the sizes of a garment somebody owns can be compared with its own."""
        return bool(measures_of(self.size_table))

    def url_of(self, colour: str) -> str:
        return f"/p/{self.product.slug}?colour={colour}"


def _named(product: ShownProduct, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, str(product.specifications[name])) for name in names if product.specifications.get(name)]
