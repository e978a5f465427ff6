"""What lines about a product would change, and what is wrong with them. Nothing is written here, so that looking at a
file first and importing it go the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from shop.catalog.models import Product, Variant
from shop.lib.errors import ShopError
from shop.lib.money import Money
from shop.merchandising import rules
from shop.merchandising.csv.columns import MAKES_PRODUCT, MAKES_VARIANT, PRODUCT, SKU, SLUG, VARIANT, Column
from shop.merchandising.csv.grouping import Group
from shop.merchandising.csv.names import Names
from shop.merchandising.csv.outcomes import Change, Outcome
from shop.merchandising.csv.reading import Line
from shop.merchandising.csv.shelf import Shelf
from shop.merchandising.lookups.naming import SLUG as SLUG_SIGNS
from shop.merchandising.products.errors import BadAddress
from shop.merchandising.products.rules import check_pictured
from shop.merchandising.products.skus import LONGEST_SKU
from shop.merchandising.products.slugs import LONGEST as LONGEST_SLUG
from shop.merchandising.products.wanted import MOST_VARIANTS

Values = dict[str, Any]


@dataclass
class VariantPlan:
    """A variant's new values; without a `variant` it is made."""

    line: Line
    sku: str
    variant: Variant | None
    values: Values = field(default_factory=dict)

    def will_be(self, name: str, otherwise: Any = None) -> Any:
        """A value as it will stand."""
        return self.values.get(name, getattr(self.variant, name) if self.variant else otherwise)

    @property
    def is_sold(self) -> bool:
        was = self.variant.retired_at is None if self.variant else True
        return bool(self.values.get("is_sold", was))


@dataclass
class ProductPlan:
    """A product's new values and its variants'; without a `product` it is made. What is wrong stands in the outcome."""

    slug: str
    product: Product | None
    outcome: Outcome
    line: Line
    values: Values = field(default_factory=dict)
    variants: list[VariantPlan] = field(default_factory=list)

    @property
    def is_to_do(self) -> bool:
        """Whether it is right and anything is to be written."""
        changes = self.product is None or self.values or any(v.variant is None or v.values for v in self.variants)
        return bool(changes) and not self.outcome.troubles

    @property
    def is_published(self) -> bool:
        return self.product is not None and self.product.published_at is not None

    @property
    def will_be_published(self) -> bool:
        return bool(self.values.get("is_published", self.is_published))


def plan(group: Group, shelf: Shelf, names: Names) -> ProductPlan:
    """What the lines of one product come to."""
    outcome = Outcome([line.row for line in group.lines], troubles=list(group.troubles))
    made = ProductPlan(group.slug, shelf.products.get(group.slug), outcome, _telling(group.lines))
    if said := _wrong_slug(made, shelf):
        outcome.blame(made.line.row, SLUG, made.slug, said)
        return made
    if made.product is None or _tells(made.line):
        made.values = _values(made, made.line, PRODUCT, made.product, names)
    _check_agreement(made, group.lines)
    known = {variant.sku: variant for variant in made.product.variants} if made.product else {}
    for line in group.lines:
        if line.cells.get(SKU):
            made.variants.append(_plan_variant(made, line, known, shelf, names))
    if made.is_to_do:
        _check_places(made)
        _check_prices(made)
        _check_shelf(made)
    _count(made)
    return made


def _telling(lines: Sequence[Line]) -> Line:
    """The line with the product's own cells: the first that says anything of it."""
    return next((line for line in lines if _tells(line)), lines[0])


def _tells(line: Line) -> bool:
    """Whether a line says anything of its product, and not of a variant alone."""
    return any(line.cells.get(column.name) for column in PRODUCT)


def _wrong_slug(made: ProductPlan, shelf: Shelf) -> str:
    """Why nobody can tell which product is meant; empty where it is known, or may be made."""
    if not made.slug:
        return "Give the product's slug: no variant has this SKU."
    if made.slug in shelf.gone:
        return "A product with this slug was deleted."
    if made.product is None and (len(made.slug) > LONGEST_SLUG or not SLUG_SIGNS.fullmatch(made.slug)):
        return str(BadAddress())
    return ""


def _check_agreement(made: ProductPlan, lines: Sequence[Line]) -> None:
    """Lines of one product may leave its cells out, and must not say different things."""
    for line in (line for line in lines if line is not made.line):
        for column in PRODUCT:
            cell = line.cells.get(column.name, "")
            if cell not in ("", made.line.cells.get(column.name, "")):
                said = f"Row {made.line.row} says something else about the same product."
                made.outcome.blame(line.row, column.name, cell, said)


def _plan_variant(made: ProductPlan, line: Line, known: dict[str, Variant], shelf: Shelf, names: Names) -> VariantPlan:
    sku = line.cells[SKU]
    planned = VariantPlan(line, sku, known.get(sku))
    if shelf.owners.get(sku, made.slug) != made.slug:
        made.outcome.blame(line.row, SKU, sku, f"This SKU belongs to {shelf.owners[sku]}.")
    elif len(sku) > LONGEST_SKU:
        made.outcome.blame(line.row, SKU, sku, f"At most {LONGEST_SKU} characters.")
    else:
        planned.values = _values(made, line, VARIANT, planned.variant, names)
        _check_kept(made, planned)
    return planned


def _values(made: ProductPlan, line: Line, columns: Sequence[Column], row: Any, names: Names) -> Values:
    """What a line's cells set, where it differs from what stands there; what is wrong goes into the outcome."""
    what = made.slug if columns is PRODUCT else line.cells[SKU]
    needs = MAKES_PRODUCT if columns is PRODUCT else MAKES_VARIANT
    found: Values = {}
    for column in columns:
        cell = line.cells.get(column.name)
        try:
            if _says_nothing(column, cell, row, needs):
                continue
            value = column.read(cell, names) if cell else column.empty
        except ValueError as error:
            made.outcome.blame(line.row, column.name, cell or "", error)
            continue
        if row is None:
            found[column.sets] = value
        elif value != column.now(row):
            found[column.sets] = value
            made.outcome.changes.append(Change(line.row, what, column.name, column.text(row), cell or ""))
    if row is None:
        made.outcome.changes.append(Change(line.row, what, "", None, line.cells.get("name") or "new"))
    return found


def _says_nothing(column: Column, cell: str | None, row: Any, needs: Collection[str]) -> bool:
    """Whether a cell leaves a value as it is: so does an empty one where there must be something.

    A ValueError where something new must have one.
    """
    if row is None:
        if not cell and column.name in needs:
            raise ValueError("Something new needs this.")
        return not cell
    if cell is None or (not cell and column.needed):
        return True
    return cell == column.text(row).replace("\r\n", "\n").strip()


def _check_kept(made: ProductPlan, planned: VariantPlan) -> None:
    for column in VARIANT[:2]:
        if planned.variant and column.sets in planned.values:
            cell = planned.line.cells[column.name]
            said = f"A variant keeps its {column.name}, {column.text(planned.variant)}: give the new one another SKU."
            made.outcome.blame(planned.line.row, column.name, cell, said)


def _check_places(made: ProductPlan) -> None:
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


def _check_prices(made: ProductPlan) -> None:
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


def _check_shelf(made: ProductPlan) -> None:
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


def _count(made: ProductPlan) -> None:
    counts = made.outcome.counts
    counts[f"{_fate(made.product, made.values)}_products"] += 1
    for planned in made.variants:
        counts[f"{_fate(planned.variant, planned.values)}_variants"] += 1


def _fate(row: Any, values: Values) -> str:
    return "new" if row is None else "changed" if values else "unchanged"
