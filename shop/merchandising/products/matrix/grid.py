"""The grid: colours down, sizes across, and what the product has of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from shop.catalog.lookups import there
from shop.catalog.models import Colour, Product, Size, Variant
from shop.extensions import db
from shop.lib.queries import one_or_404, rows
from shop.merchandising.products.wanted import MOST_VARIANTS, Place
from shop.stock.models import StockLevel


class Cell(NamedTuple):
    """A variant with its stock; one that is sold no more stands for nothing, until it is sold again."""

    variant: Variant
    level: StockLevel | None

    @property
    def is_sold(self) -> bool:
        return self.variant.retired_at is None


Cells = Mapping[Place, Cell]


@dataclass(frozen=True)
class Grid:
    """A product's variants by place, with all colours and sizes there are to choose from."""

    product: Product
    cells: Cells
    all_colours: Sequence[Colour]
    all_sizes: Sequence[Size]
    colours: Sequence[Colour]
    sizes: Sequence[Size]

    @property
    def more_colours(self) -> list[Colour]:
        """Colours the grid has no row of."""
        return [colour for colour in self.all_colours if colour not in self.colours]

    @property
    def more_sizes(self) -> list[Size]:
        """Sizes the grid has no column of, in the systems it has; any while it has none."""
        systems = {size.system for size in self.sizes}
        return [size for size in self.all_sizes if size not in self.sizes and size.system in (systems or {size.system})]

    @property
    def is_full(self) -> bool:
        """Whether one more row or column would be more than a product can come in."""
        return len(self.colours) * len(self.sizes) >= MOST_VARIANTS

    @property
    def places(self) -> list[Place]:
        """All places, row by row."""
        return [(colour.id, size.id) for colour in self.colours for size in self.sizes]

    def sold(self, place: Place) -> Cell | None:
        """What is sold at a place."""
        cell = self.cells.get(place)
        return cell if cell and cell.is_sold else None


def grid_of(product_id: int, colour_ids: Collection[int] = (), size_ids: Collection[int] = ()) -> Grid:
    """A product's grid, with more rows and columns by the ids of colours and sizes. Raises NotFound."""
    product = one_or_404(select(Product).where(Product.id == product_id, Product.deleted_at.is_(None)))
    cells = cells_of(product_id)
    sold = [place for place, cell in cells.items() if cell.is_sold]
    colours, sizes = ({place[side] for place in sold} for side in (0, 1))
    all_colours, all_sizes = rows(there(Colour).order_by(Colour.position, Colour.name)), rows(_sizes())
    return Grid(
        product,
        cells,
        all_colours,
        all_sizes,
        [colour for colour in all_colours if colour.id in colours.union(colour_ids)],
        [size for size in all_sizes if size.id in sizes.union(size_ids)],
    )


def cells_of(product_id: int) -> dict[Place, Cell]:
    """All variants a product has or had, as they are now, by place."""
    named = (joinedload(Variant.colour), joinedload(Variant.size))
    both = select(Variant, StockLevel).outerjoin(StockLevel, StockLevel.variant_id == Variant.id).options(*named)
    found = db.session.execute(
        both.where(Variant.product_id == product_id).order_by(Variant.id), execution_options={"populate_existing": True}
    )
    return {(variant.colour_id, variant.size_id): Cell(variant, level) for variant, level in found}


def _sizes() -> Select[Size]:
    return select(Size).order_by(Size.system, Size.position, Size.id)
