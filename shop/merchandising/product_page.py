"""What a product page shows, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shop.catalog.pictures import ShownPicture, picture_of_row
from shop.catalog.queries import CategoryNode
from shop.lib.files.kinds import StoredPicture
from shop.lib.money import Money
from shop.store.formats import money
from shop.store.settings import FEW_LEFT, value_of

FABRIC = ("Fabric", "Composition", "Weight of cloth", "Lining", "Care")
FIT = ("Fit", "Rise", "Length", "Sleeve")


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
    kind: str
    size_table: dict[str, Any] | None
    size_chart: StoredPicture | None
    category_path: str


@dataclass(frozen=True)
class Piece:
    """A variant as the page reads it: one colour and size, what it costs, and how many are left for sale."""

    id: int
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

    product: ShownProduct
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


def colours_of(product: ShownProduct, pieces: Sequence[Piece]) -> list[ColourChoice]:
    """The colours in the order in which they were made."""
    found = {piece.colour_id: piece for piece in pieces}
    page = f"/p/{product.slug}?colour="
    return [
        ColourChoice(one.colour_id, one.colour_slug, one.colour_name, one.colour_hex, page + one.colour_slug)
        for one in found.values()
    ]


def sizes_of(pieces: Sequence[Piece], price: Money) -> list[SizeChoice]:
    """The sizes of one colour, small to large, with what is left in words."""
    in_order = sorted(pieces, key=lambda piece: (piece.size_position, piece.size_label))
    return [_size(piece, price) for piece in in_order]


def gallery_of(pictures: Sequence[Any], colour_id: int) -> list[ShownPicture]:
    """Pictures of the colour, then those of all; without either, whatever there is."""
    chosen = [kept for kept in pictures if kept.colour_id == colour_id]
    chosen += [kept for kept in pictures if kept.colour_id is None]
    shown = (picture_of_row(kept) for kept in chosen or pictures)
    return [picture for picture in shown if picture]


def size_table_of(product: ShownProduct, department: str) -> SizeTable | None:
    """The type's measurements, only the department's rows where the table has such a column."""
    table = product.size_table or {}
    columns, rows = list(table.get("columns", [])), [[str(cell) for cell in row] for row in table.get("rows", [])]
    if "For" in columns:
        place = columns.index("For")
        mine = [row for row in rows if row[place].casefold() == department.casefold()]
        rows = [row[:place] + row[place + 1 :] for row in mine] if mine else rows
        columns = [*columns[:place], *columns[place + 1 :]] if mine else columns
    return SizeTable(columns, rows, str(table.get("note", ""))) if rows else None


def _size(piece: Piece, price: Money) -> SizeChoice:
    """A size that costs more than the price shown says so."""
    state = "out" if piece.left <= 0 else "low" if piece.left < value_of(FEW_LEFT) else "in"
    words = {"out": ["Sold out"], "low": [f"{piece.left} left"], "in": []}[state]
    dearer = [money(piece.current_price)] if piece.current_price != price else []
    return SizeChoice(piece.id, piece.size_slug, piece.size_label, ", ".join([*dearer, *words]), state)


def _named(product: ShownProduct, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, str(product.specifications[name])) for name in names if product.specifications.get(name)]
