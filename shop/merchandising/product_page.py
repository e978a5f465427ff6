"""What a product page shows, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shop.catalog.models import Product, Variant
from shop.catalog.pictures import ShownPicture, picture_of
from shop.catalog.queries import CategoryNode
from shop.lib.money import Money
from shop.stock.models import FEW
from shop.store.formats import money

FABRIC = ("Fabric", "Composition", "Weight of cloth", "Lining", "Care")
FIT = ("Fit", "Rise", "Length", "Sleeve")


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
class SizeTable:
    """Measurements of one department."""

    columns: list[str]
    rows: list[list[str]]
    note: str


@dataclass(frozen=True)
class Sending:
    """One way to get it: what it costs and when it comes."""

    name: str
    charge: Money
    free_from: Money | None
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class ProductPage:
    """One product in one colour."""

    product: Product
    category: CategoryNode
    colours: list[ColourChoice]
    colour: ColourChoice
    sizes: list[SizeChoice]
    chosen_id: int | None
    was_cleared: bool
    price: Money
    was: Money | None
    is_sold_out: bool
    gallery: list[ShownPicture]
    size_table: SizeTable | None
    sendings: list[Sending] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.product.id

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

    def url_of(self, colour: str) -> str:
        return f"/p/{self.product.slug}?colour={colour}"


def colours_of(product: Product, variants: Sequence[Variant]) -> list[ColourChoice]:
    """The colours in the order in which they were made."""
    found = {variant.colour_id: variant.colour for variant in variants}
    return [
        ColourChoice(colour.id, colour.slug, colour.name, colour.hex, f"/p/{product.slug}?colour={colour.slug}")
        for colour in found.values()
    ]


def sizes_of(variants: Sequence[Variant], for_sale: Mapping[int, int], price: Money) -> list[SizeChoice]:
    """The sizes of one colour, small to large, with what is left in words."""
    return [
        _size(variant, for_sale.get(variant.id, 0), price)
        for variant in sorted(variants, key=lambda variant: (variant.size.position, variant.size.label))
    ]


def gallery_of(product: Product, colour_id: int) -> list[ShownPicture]:
    """Pictures of the colour, then those of all; without either, whatever there is."""
    pictures = [kept for kept in product.pictures if kept.colour_id == colour_id]
    pictures += [kept for kept in product.pictures if kept.colour_id is None]
    shown = (picture_of(kept.stem, kept.widths, kept.alt) for kept in pictures or product.pictures)
    return [picture for picture in shown if picture]


def size_table_of(product: Product, department: str) -> SizeTable | None:
    """The type's measurements, only the department's rows where the table has such a column."""
    table = product.product_type.size_table or {}
    columns, rows = list(table.get("columns", [])), [[str(cell) for cell in row] for row in table.get("rows", [])]
    if "For" in columns:
        place = columns.index("For")
        mine = [row for row in rows if row[place].casefold() == department.casefold()]
        rows = [row[:place] + row[place + 1 :] for row in mine] if mine else rows
        columns = [*columns[:place], *columns[place + 1 :]] if mine else columns
    return SizeTable(columns, rows, str(table.get("note", ""))) if rows else None


def _size(variant: Variant, left: int, price: Money) -> SizeChoice:
    """A size that costs more than the price shown says so."""
    state = "out" if left <= 0 else "low" if left < FEW else "in"
    words = {"out": ["Sold out"], "low": [f"{left} left"], "in": []}[state]
    dearer = [money(variant.current_price)] if variant.current_price != price else []
    return SizeChoice(variant.id, variant.size.slug, variant.size.label, ", ".join([*dearer, *words]), state)


def _named(product: Product, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, str(product.specifications[name])) for name in names if product.specifications.get(name)]
