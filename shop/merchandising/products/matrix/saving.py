"""Saves a grid: every cell that was changed, or, where one of them is refused, none.

What somebody saw of a cell travels along. Where it is not what stands there any more, the cell is refused and says what
stands there now, so nothing is overwritten unseen; cells that were not changed are left as they are, whoever changed
them meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shop.catalog.models import Product, Variant
from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.merchandising.errors import ChangedMeanwhile
from shop.merchandising.products.errors import PlacesRefused
from shop.merchandising.products.matrix.grid import Cell, Cells, cells_of
from shop.merchandising.products.matrix.layers import STOCK, Layer, Values
from shop.merchandising.products.skus import Codes, held_codes
from shop.merchandising.products.variants import make_so, troubles
from shop.merchandising.products.wanted import PACKED, Place, Wanted
from shop.merchandising.services import list_again, lock_product
from shop.stock import services as stock_services
from shop.stock.errors import BelowReserved


@dataclass(frozen=True)
class Typed:
    """What a cell said when it was drawn, and what it says now."""

    seen: str
    text: str

    @property
    def is_changed(self) -> bool:
        return self.text.strip() != self.seen


TypedGrid = Mapping[Place, Typed]


def save_values(product_id: int, layer: Layer, grid: TypedGrid, by: Actor) -> None:
    """Save one value of a product's variants; some are made, brought back or taken away by it.

    Raises PlacesRefused, BadVariants, NotReady, NotFound.
    """
    changed = {place: typed for place, typed in grid.items() if typed.is_changed}
    codes = held_codes(place for place, typed in changed.items() if layer.makes and not typed.seen)
    product, cells = lock_product(product_id), cells_of(product_id)
    read, errors = _read(layer, changed, cells)
    wanted = [_wanted(product, place, values, cells, codes) for place, values in read.items()]
    if errors := errors | troubles(product, wanted):
        raise PlacesRefused(errors)
    if wanted:
        make_so(product, wanted, by)
        list_again(product)


def save_counts(product_id: int, grid: TypedGrid, by: Actor) -> None:
    """Save what was counted of a product's variants. Raises PlacesRefused, NotFound."""
    changed = {place: typed for place, typed in grid.items() if typed.is_changed}
    lock_product(product_id)
    cells = cells_of(product_id)
    levels = stock_services.lock_levels(sorted(cells[place].variant.id for place in changed if place in cells))
    read, errors = _read(STOCK, changed, cells)
    counted = {cells[place].variant.id: values["on_hand"] for place, values in read.items()}
    for place in read:
        level = levels[cells[place].variant.id]
        if counted[level.variant_id] < level.reserved:
            errors[place] = BelowReserved(level.reserved)
    if errors:
        raise PlacesRefused(errors)
    stock_services.count_all(counted, by)


def _read(layer: Layer, changed: TypedGrid, cells: Cells) -> tuple[dict[Place, Values], dict[Place, ShopError]]:
    """What is to be written at each place, and what is refused there."""
    read: dict[Place, Values] = {}
    errors: dict[Place, ShopError] = {}
    for place, typed in changed.items():
        cell, now = cells.get(place), layer.text_of(cells.get(place))
        try:
            values = layer.values_of(typed.text, cell)
            if not _stands(cell, values):
                _check(layer, cell, typed, now)
                read[place] = values
        except ValueError as error:
            errors[place] = ShopError(str(error))
        except ShopError as error:
            errors[place] = error
    return read, errors


def _check(layer: Layer, cell: Cell | None, typed: Typed, now: str) -> None:
    """What is written stands on what was seen. Raises ShopError, ChangedMeanwhile."""
    if not layer.makes and not (cell and cell.is_sold):
        raise ShopError("It is not sold any more.")
    if typed.seen != now:
        raise ChangedMeanwhile(f"{layer.in_words(now)} now")


def _stands(cell: Cell | None, values: Values) -> bool:
    """Whether a place says this already."""
    if cell is None or not cell.is_sold:
        return values.get("is_sold") is False
    stands = {"is_sold": True, "on_hand": cell.level.on_hand if cell.level else 0}
    return all(value == stands.get(name, getattr(cell.variant, name, None)) for name, value in values.items())


def _wanted(product: Product, place: Place, values: Values, cells: Cells, codes: Codes) -> Wanted:
    """What a place is to become; what is made takes after what is sold beside it."""
    if cell := cells.get(place):
        return Wanted(place, values, cell.variant)
    like = _beside(place, cells)
    taken = {name: getattr(like, name) for name in ("price", *PACKED)} if like else {}
    return Wanted(place, taken | values | {"sku": codes.sku(product.slug, *place)})


def _beside(place: Place, cells: Cells) -> Variant | None:
    """A variant of the same colour, or else any, that is sold."""
    sold = [cell.variant for cell in cells.values() if cell.is_sold]
    return min(sold, key=lambda variant: (variant.colour_id != place[0], variant.id), default=None)
