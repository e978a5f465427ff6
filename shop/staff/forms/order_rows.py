"""Lines of an order as they are written down at the desk: rows of SKU and quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from shop.cart.errors import MOST
from shop.catalog.models import Colour, Product, Size, Variant
from shop.extensions import db

FEWEST_ROWS, MOST_ROWS = 3, 50


@dataclass
class Row:
    """A line as it is typed; `product` is what its SKU stands for, `problem` what is wrong with it."""

    sku: str = ""
    quantity: str = ""
    variant_id: int | None = None
    problem: str = ""
    product: str = ""


def typed_rows(values: MultiDict[str, str], fewest: int = 1) -> list[Row]:
    """The rows as they were typed, each with its variant or with what is wrong, as fewer units than `fewest`."""
    pairs = zip(values.getlist("sku"), values.getlist("quantity"), strict=False)
    found = [Row(sku.strip()[:60], quantity.strip()) for sku, quantity in pairs][:MOST_ROWS]
    known = _known([row.sku for row in found])
    for row in found:
        row.variant_id, row.product = known.get(row.sku.casefold(), (None, ""))
        row.problem = _problem(row, fewest) if row.sku else ""
    return found


def units_of(found: Sequence[Row]) -> dict[int, int]:
    """Units of each variant, rows of one added up; only of rows that are right."""
    units: dict[int, int] = {}
    for row in found:
        if row.variant_id and not row.problem:
            units[row.variant_id] = units.get(row.variant_id, 0) + int(row.quantity)
    return units


def filled(found: list[Row]) -> list[Row]:
    """The rows with something in them, and at least one more to type into."""
    kept = [row for row in found if row.sku]
    return [*kept, *(Row(quantity="1") for _ in range(max(1, FEWEST_ROWS - len(kept))))]


def _known(skus: list[str]) -> dict[str, tuple[int, str]]:
    wanted = [sku.replace("\0", "") for sku in skus if sku]
    named = select(Variant.sku, Variant.id, Product.name, Colour.name.label("colour"), Size.label.label("size"))
    named = named.join(Variant.product).join(Variant.colour).join(Variant.size)
    found: Any = db.session.execute(named.where(Variant.sku.in_(wanted)))
    return {row.sku.casefold(): (row.id, f"{row.name}, {row.colour}, {row.size}") for row in found}


def _problem(row: Row, fewest: int) -> str:
    if row.variant_id is None:
        return "There is no such SKU."
    is_number = row.quantity.isascii() and row.quantity.isdigit() and len(row.quantity) < 4
    fits = is_number and fewest <= int(row.quantity) <= MOST
    return "" if fits else f"Choose a quantity from {fewest} to {MOST}."
