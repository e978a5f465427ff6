"""The columns of each file: what they are called, and how a row of the shop stands in them.

A new column is one more line here. `text` is what the export writes; the import takes a cell that says the same for
unchanged, so that an export changes nothing when it comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shop.catalog.models import Product, Variant
from shop.lib.money import Money
from shop.merchandising.csv.cells import yes_or_no
from shop.stock.models import StockLevel

Text = Callable[[Any], str]


@dataclass(frozen=True)
class Column:
    """One column: the name at its head, and its text of a product, a variant or a level of stock."""

    name: str
    text: Text


def _amount(amount: Money | None) -> str:
    return amount.plain if amount else ""


def _details(product: Product) -> str:
    return "\n".join(f"{name}: {value}" for name, value in product.specifications.items())


PRODUCT: tuple[Column, ...] = (
    Column("name", lambda product: product.name),
    Column("description", lambda product: product.description),
    Column("brand", lambda product: product.brand.name),
    Column("category", lambda product: product.category.path),
    Column("occasion", lambda product: product.occasion.name if product.occasion else ""),
    Column("product_type", lambda product: product.product_type.name),
    Column("details", _details),
    Column("mrp", lambda product: _amount(product.mrp)),
    Column("hsn", lambda product: product.hsn),
    Column("country_of_origin", lambda product: product.country_of_origin),
    Column("maker", lambda product: product.maker),
    Column("net_quantity", lambda product: product.net_quantity),
    Column("on_shelf", lambda product: yes_or_no(product.published_at is not None)),
)
VARIANT: tuple[Column, ...] = (
    Column("colour", lambda variant: variant.colour.name),
    Column("size", lambda variant: variant.size.slug),
    Column("price", lambda variant: _amount(variant.price)),
    Column("sale_price", lambda variant: _amount(variant.sale_price)),
    Column("weight_grams", lambda variant: str(variant.weight_grams)),
    Column("sold", lambda variant: yes_or_no(variant.retired_at is None)),
)
SLUG, SKU = "slug", "sku"
PRODUCT_HEAD = [SLUG, *(column.name for column in PRODUCT), SKU, *(column.name for column in VARIANT)]
STOCK_HEAD = [SKU, "product", "colour", "size", "reserved", "was", "on_hand", "reorder_point", "note"]


def product_cells(product: Product) -> list[str]:
    """A product's own cells."""
    return [column.text(product) for column in PRODUCT]


def variant_cells(variant: Variant) -> list[str]:
    """A variant's cells, its SKU first."""
    return [variant.sku, *(column.text(variant) for column in VARIANT)]


def stock_cells(variant: Variant, level: StockLevel | None) -> list[str]:
    """What is in stock of a variant. `was` stays as it is exported: it tells whether somebody sold any since."""
    names = [variant.sku, variant.product.name, variant.colour.name, variant.size.label]
    if level is None:
        return [*names, "0", "0", "0", "", ""]
    on_hand = str(level.on_hand)
    return [*names, str(level.reserved), on_hand, on_hand, str(level.reorder_point), ""]
