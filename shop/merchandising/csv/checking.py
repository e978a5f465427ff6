"""What is wrong with the plan of a product; it goes into the plan's outcome."""

from __future__ import annotations

from collections.abc import Sequence

from shop.catalog.models import Variant
from shop.lib.errors import ShopError
from shop.lib.money import Money
from shop.merchandising import rules
from shop.merchandising.csv.columns import PRODUCT, SKU, VARIANT
from shop.merchandising.csv.plans import ProductPlan, VariantPlan
from shop.merchandising.csv.reading import Line
from shop.merchandising.products.rules import check_pictured
from shop.merchandising.products.wanted import MOST_VARIANTS


def check_agreement(made: ProductPlan, lines: Sequence[Line]) -> None:
    """Lines of one product may leave its cells out, and must not say different things."""
    for line in (line for line in lines if line is not made.line):
        for column in PRODUCT:
            cell = line.cells.get(column.name, "")
            if cell not in ("", made.line.cells.get(column.name, "")):
                said = f"Row {made.line.row} says something else about the same product."
                made.outcome.blame(line.row, column.name, cell, said)


def check_kept(made: ProductPlan, planned: VariantPlan) -> None:
    """A variant keeps its colour and size."""
    for column in VARIANT[:2]:
        if planned.variant and column.sets in planned.values:
            cell = planned.line.cells[column.name]
            said = f"A variant keeps its {column.name}, {column.text(planned.variant)}: give the new one another SKU."
            made.outcome.blame(planned.line.row, column.name, cell, said)


def check_places(made: ProductPlan) -> None:
    """A product comes in at least one colour and size, and in each once."""
    if made.product is None and not made.variants:
        made.outcome.blame(made.line.row, SKU, "", "A new product needs a variant.")
    if len(made.variants) + len(_others(made)) > MOST_VARIANTS:
        made.outcome.blame(made.line.row, SKU, "", f"A product comes in {MOST_VARIANTS} variants at the most.")
    taken = {(v.colour_id, v.size_id): v.sku for v in made.product.variants} if made.product else {}
    for planned in (one for one in made.variants if one.variant is None):
        place = planned.values["colour_id"], planned.values["size_id"]
        if place in taken:
            said = f"{taken[place]} is this colour and size already."
            made.outcome.blame(planned.line.row, "size", planned.line.cells["size"], said)
        taken.setdefault(place, planned.sku)


def check_prices(made: ProductPlan) -> None:
    """Prices stand in their order: sale, regular, MRP; also those the file does not name."""
    mrp = made.values.get("mrp") or (made.product.mrp if made.product else Money())
    for planned in (one for one in made.variants if one.is_sold):
        try:
            rules.check_prices(mrp, planned.will_be("price"), planned.will_be("sale_price"))
        except ShopError as error:
            column = error.field or "price"
            made.outcome.blame(planned.line.row, column, planned.line.cells.get(column, ""), error)
    others = [v.price for v in _others(made) if v.retired_at is None]
    try:
        rules.check_mrp(mrp, others)
    except ShopError as error:
        made.outcome.blame(made.line.row, "mrp", made.line.cells.get("mrp", ""), error)


def check_shelf(made: ProductPlan) -> None:
    """Nothing stands on the shelf that comes in no colour and size, nothing new without a picture that is described."""
    is_sold = any(one.is_sold for one in made.variants) or any(v.retired_at is None for v in _others(made))
    try:
        if made.will_be_published and not is_sold:
            raise ShopError("A product on the shelf needs a variant that is sold.")
        if made.will_be_published and not made.is_published:
            check_pictured(made.product)
    except ShopError as error:
        made.outcome.blame(made.line.row, "on_shelf", made.line.cells.get("on_shelf", ""), error)


def _others(made: ProductPlan) -> list[Variant]:
    """Variants of the product that the file says nothing of."""
    named = {one.sku for one in made.variants}
    return [v for v in made.product.variants if v.sku not in named] if made.product else []
