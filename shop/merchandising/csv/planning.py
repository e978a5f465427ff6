"""What lines about a product would change, and what is wrong with them. Nothing is written here, so that looking at a
file first and importing it go the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from shop.catalog.models import Variant
from shop.merchandising.csv.checking import check_agreement, check_kept, check_places, check_prices, check_shelf
from shop.merchandising.csv.columns import MAKES_PRODUCT, MAKES_VARIANT, PRODUCT, SKU, SLUG, VARIANT, Column
from shop.merchandising.csv.grouping import Group
from shop.merchandising.csv.names import Names
from shop.merchandising.csv.outcomes import Change, Outcome
from shop.merchandising.csv.plans import ProductPlan, Values, VariantPlan
from shop.merchandising.csv.reading import Line
from shop.merchandising.csv.shelf import Shelf
from shop.merchandising.lookups.naming import SLUG as SLUG_SIGNS
from shop.merchandising.products.errors import BadAddress
from shop.merchandising.products.skus import LONGEST_SKU
from shop.merchandising.products.slugs import LONGEST as LONGEST_SLUG


def plan(group: Group, shelf: Shelf, names: Names) -> ProductPlan:
    """What the lines of one product come to."""
    outcome = Outcome([line.row for line in group.lines], troubles=list(group.troubles))
    made = ProductPlan(group.slug, shelf.products.get(group.slug), outcome, _telling(group.lines))
    if said := _wrong_slug(made, shelf):
        outcome.blame(made.line.row, SLUG, made.slug, said)
        return made
    if made.product is None or _tells(made.line):
        made.values = _values(made, made.line, PRODUCT, made.product, names)
    check_agreement(made, group.lines)
    known = {variant.sku: variant for variant in made.product.variants} if made.product else {}
    for line in group.lines:
        if line.cells.get(SKU):
            made.variants.append(_plan_variant(made, line, known, shelf, names))
    if made.is_to_do:
        check_places(made)
        check_prices(made)
        check_shelf(made)
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


def _plan_variant(made: ProductPlan, line: Line, known: dict[str, Variant], shelf: Shelf, names: Names) -> VariantPlan:
    sku = line.cells[SKU]
    planned = VariantPlan(line, sku, known.get(sku))
    if shelf.owners.get(sku, made.slug) != made.slug:
        made.outcome.blame(line.row, SKU, sku, f"This SKU belongs to {shelf.owners[sku]}.")
    elif len(sku) > LONGEST_SKU:
        made.outcome.blame(line.row, SKU, sku, f"At most {LONGEST_SKU} characters.")
    else:
        planned.values = _values(made, line, VARIANT, planned.variant, names)
        check_kept(made, planned)
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


def _count(made: ProductPlan) -> None:
    counts = made.outcome.counts
    counts[f"{_fate(made.product, made.values)}_products"] += 1
    for planned in made.variants:
        counts[f"{_fate(planned.variant, planned.values)}_variants"] += 1


def _fate(row: Any, values: Values) -> str:
    return "new" if row is None else "changed" if values else "unchanged"
