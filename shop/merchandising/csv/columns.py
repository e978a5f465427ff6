"""The columns of the file: what they are called, how a row of the shop stands in them, and what they set.

A new column is one more line here. A cell that says what the export would write counts as unchanged without being
read, so an export changes nothing when it comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shop.catalog.models import Product, Variant
from shop.lib.money import Money
from shop.merchandising.csv import readers
from shop.merchandising.csv.readers import Reader


@dataclass(frozen=True)
class Column:
    """One column: the name at its head, its text of a product or a variant, and the value it sets.

    `value` is how that value stands now, where it is no plain attribute. An empty cell means `empty`; of what is
    `needed` it leaves what is there.
    """

    name: str
    text: Callable[[Any], str]
    sets: str
    read: Reader
    value: Callable[[Any], Any] | None = None
    empty: Any = ""
    needed: bool = False

    def now(self, row: Any) -> Any:
        """The value as it stands."""
        return self.value(row) if self.value else getattr(row, self.sets)


def _amount(amount: Money | None) -> str:
    return amount.plain if amount else ""


def _fact(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _number(name: str) -> Column:
    """A number of a variant, 0 where the cell is empty."""
    return Column(name, lambda variant: str(getattr(variant, name)), name, readers.number, empty=0)


def _details(product: Product) -> str:
    return "\n".join(f"{name}: {value}" for name, value in product.specifications.items())


PRODUCT = (
    Column("name", lambda p: p.name, "name", readers.words(160), needed=True),
    Column("description", lambda p: p.description, "description", readers.words(5000)),
    Column("brand", lambda p: p.brand.name, "brand_id", readers.named("brand"), needed=True),
    Column("category", lambda p: p.category.path, "category_id", readers.named("category"), needed=True),
    Column("occasion", lambda p: p.occasion.name if p.occasion else "", "occasion_id", readers.named("occasion"),
           empty=None),
    Column("product_type", lambda p: p.product_type.name, "product_type_id", readers.named("product type"),
           needed=True),
    Column("details", _details, "specifications", readers.details, empty={}),
    Column("mrp", lambda p: _amount(p.mrp), "mrp", readers.amount, needed=True),
    Column("hsn", lambda p: p.hsn, "hsn", readers.hsn, needed=True),
    Column("tax_class", lambda p: p.tax_class, "tax_class", readers.tax_class, needed=True),
    Column("country_of_origin", lambda p: p.country_of_origin, "country_of_origin", readers.words(60), needed=True),
    Column("maker", lambda p: p.maker, "maker", readers.words(240)),
    Column("net_quantity", lambda p: p.net_quantity, "net_quantity", readers.words(40), needed=True),
    Column("on_shelf", lambda p: _fact(p.published_at is not None), "is_published", readers.yes_or_no,
           lambda p: p.published_at is not None, needed=True),
    Column("featured", lambda p: _fact(p.featured_at is not None), "is_featured", readers.yes_or_no,
           lambda p: p.featured_at is not None, needed=True),
)  # fmt: skip
VARIANT = (
    Column("colour", lambda v: v.colour.name, "colour_id", readers.named("colour"), needed=True),
    Column("size", lambda v: v.size.slug, "size_id", readers.named("size"), needed=True),
    Column("price", lambda v: _amount(v.price), "price", readers.amount, needed=True),
    Column("sale_price", lambda v: _amount(v.sale_price), "sale_price", readers.amount, empty=None),
    *map(_number, ("weight_grams", "length_mm", "width_mm", "height_mm")),
    Column("sold", lambda v: _fact(v.retired_at is None), "is_sold", readers.yes_or_no,
           lambda v: v.retired_at is None, needed=True),
)  # fmt: skip
MAKES_PRODUCT = {"name", "brand", "category", "product_type", "mrp", "hsn"}
MAKES_VARIANT = {"colour", "size", "price"}
SLUG, SKU = "slug", "sku"
PRODUCT_HEAD = [SLUG, *(column.name for column in PRODUCT), SKU, *(column.name for column in VARIANT)]
ALIASES = {
    "handle": SLUG, "variant_sku": SKU, "title": "name", "type": "product_type", "color": "colour",
    "specifications": "details", "hsn_code": "hsn", "weight": "weight_grams", "compare_at_price": "mrp",
    "manufacturer": "maker", "published": "on_shelf",
}  # fmt: skip
"""Other names under which columns come, in files from elsewhere."""


def product_cells(product: Product) -> list[str]:
    """A product's own cells."""
    return [column.text(product) for column in PRODUCT]


def variant_cells(variant: Variant) -> list[str]:
    """A variant's cells, its SKU first."""
    return [variant.sku, *(column.text(variant) for column in VARIANT)]
