"""What the grid shows of each variant: a value as text, and how a text is read back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shop.lib.http.incoming import stripped
from shop.lib.money import Money
from shop.merchandising.products.matrix.grid import Cell
from shop.merchandising.products.skus import LONGEST_SKU
from shop.merchandising.products.wanted import MEASURES, MOST_GRAMS
from shop.merchandising.sales.prices import amount_of, parse_sale_price
from shop.store.typed import parse_money, parse_whole

Values = dict[str, Any]
YES = "y"
PATTERN = "{style}-{colour}-{size}"
NO_MEASURES = "Write length × width × height in millimetres, like 300 × 200 × 20."


@dataclass(frozen=True)
class Layer:
    """One value of all variants. `text` of what is not sold is empty; `read` raises ValueError with a sentence.

    In a layer that `makes`, a text where nothing is sold makes the variant. `words` are for texts that say nothing.
    `settle` makes what was read fit the variant it is for.
    """

    name: str
    title: str
    hint: str
    text: Callable[[Cell], str]
    read: Callable[[str], Values]
    makes: bool = False
    fill: str = ""
    is_long: bool = False
    words: tuple[tuple[str, str], ...] = (("", "nothing"),)
    settle: Callable[[Values, Cell], Values] = lambda values, _cell: values

    def values_of(self, text: str, cell: Cell | None) -> Values:
        """What a text means in a cell, where something may already stand. Raises ValueError."""
        values = self.read(text)
        return self.settle(values, cell) if cell else values

    def text_of(self, cell: Cell | None) -> str:
        """What stands in a cell; nothing where nothing is sold."""
        return self.text(cell) if cell and cell.is_sold else ""

    def in_words(self, text: str) -> str:
        """A cell's text in a sentence."""
        return dict(self.words).get(text, text)


def _amount(amount: Money | None) -> str:
    return amount.plain.removesuffix(".00") if amount else ""


def _as_amount(values: Values, cell: Cell) -> Values:
    """Percent off are an amount of the price that stands there."""
    off = values["sale_price"]
    return {"sale_price": amount_of(off, cell.variant.price) if off else None}


def _price(text: str) -> Values:
    if (price := parse_money(text)) is None:
        raise ValueError("Enter a price. To sell it no more, take its tick away under Colours and sizes.")
    return {"price": price, "is_sold": True}


def _sku(text: str) -> Values:
    sku = str(stripped(text))
    if not 0 < len(sku) <= LONGEST_SKU:
        raise ValueError(f"A SKU has 1 to {LONGEST_SKU} characters.")
    return {"sku": sku}


def _count(text: str) -> Values:
    if (units := parse_whole(text)) is None:
        raise ValueError("Enter how many there are.")
    return {"on_hand": units}


def _weight(text: str) -> Values:
    if (grams := parse_whole(text) or 0) > MOST_GRAMS:
        raise ValueError(f"Enter at most {MOST_GRAMS} grams.")
    return {"weight_grams": grams}


def _measures(text: str) -> Values:
    parts = re.split(r"\s*[x×*]\s*|\s+", text.strip().lower()) if text.strip() else ["0"] * len(MEASURES)
    if len(parts) != len(MEASURES) or not all(re.fullmatch("[0-9]{1,5}", part) for part in parts):
        raise ValueError(NO_MEASURES)
    return dict(zip(MEASURES, map(int, parts), strict=True))


def _measured(cell: Cell) -> str:
    sizes = [getattr(cell.variant, name) for name in MEASURES]
    return " × ".join(map(str, sizes)) if any(sizes) else ""


SOLD = Layer(
    "sold",
    "Colours and sizes",
    "What is ticked is sold. A new one costs what stands beside it, and begins with nothing in stock.",
    lambda cell: YES,
    lambda text: {"is_sold": text == YES},
    makes=True,
    words=((YES, "sold"), ("", "not sold")),
)
PRICE = Layer(
    "price",
    "Price",
    "A price where nothing is sold yet makes that colour and size.",
    lambda cell: _amount(cell.variant.price),
    _price,
    makes=True,
)
SALE = Layer(
    "sale",
    "Sale price",
    "An amount below the price, or percent off like -20%. An empty cell is not on sale.",
    lambda cell: _amount(cell.variant.sale_price),
    lambda text: {"sale_price": parse_sale_price(text)},
    settle=_as_amount,
)
STOCK = Layer(
    "stock",
    "Stock",
    "Counted on the shelf, pieces kept for orders included.",
    lambda cell: str(cell.level.on_hand if cell.level else 0),
    _count,
)
SKU = Layer(
    "sku",
    "SKU",
    "The pattern is filled in with the product's address, the colour and the size. Each SKU is there once.",
    lambda cell: cell.variant.sku,
    _sku,
    fill=PATTERN,
    is_long=True,
)
WEIGHT = Layer(
    "weight",
    "Weight",
    "In grams, packed.",
    lambda cell: str(cell.variant.weight_grams or ""),
    _weight,
)
DIMENSIONS = Layer(
    "dimensions",
    "Dimensions",
    "Length × width × height in millimetres, packed, like 300 × 200 × 20.",
    _measured,
    _measures,
    is_long=True,
)
TABS = (SOLD, PRICE, SALE, STOCK, SKU, WEIGHT, DIMENSIONS)
LAYERS = {layer.name: layer for layer in TABS if layer is not STOCK}
"""Those that are values of a variant; its stock has a ledger."""


def filled(layer: Layer, text: str, style: str, colour: str, size: str) -> str:
    """What filling writes into a cell: the text, or a SKU made by the pattern."""
    if layer is not SKU:
        return text
    codes = {"{style}": style, "{colour}": colour, "{size}": size}
    return re.sub(r"\{\w+\}", lambda found: codes.get(found[0], found[0]).upper(), text)
