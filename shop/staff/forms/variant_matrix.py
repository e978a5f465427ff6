"""The grid of variants as it is typed: it is filled and grows by buttons, with or without scripts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from shop.lib.errors import ShopError
from shop.merchandising.products.errors import PlacesRefused
from shop.merchandising.products.matrix.grid import Grid
from shop.merchandising.products.matrix.layers import LAYERS, SOLD, YES, Layer, filled
from shop.merchandising.products.matrix.saving import Typed
from shop.merchandising.products.wanted import Place

PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
LONGEST = 100


@dataclass
class MatrixForm:
    """What every cell said and says, rows and columns that are not kept yet, and what the fields beside it say."""

    layer: Layer
    cells: dict[Place, Typed] = field(default_factory=dict)
    colours: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    fill: str = ""
    makes: bool = False
    errors: dict[Place, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, layer: Layer) -> MatrixForm:
        """The grid as it stands."""
        return cls(layer, fill=layer.fill)

    @classmethod
    def typed(cls, layer: Layer, sent: MultiDict[str, str]) -> MatrixForm:
        """What was sent, cell by cell; of cells that are ticked, those that are."""
        places, seen, texts = (sent.getlist(name) for name in ("place", "seen", "cell"))
        if layer is SOLD:
            texts = [YES if place in sent.getlist("tick") else "" for place in places]
        found = zip(map(PLACE.fullmatch, places), seen, texts, strict=False)
        cells = {(int(at[1]), int(at[2])): Typed(was, text[:LONGEST]) for at, was, text in found if at}
        colours, sizes = (_ids(sent.getlist(name)) for name in ("colour", "size"))
        return cls(layer, cells, colours, sizes, sent.get("fill", "")[:LONGEST], "makes" in sent)

    @property
    def is_refused(self) -> bool:
        return bool(self.errors or self.refused)

    @property
    def shown(self) -> tuple[set[int], set[int]]:
        """Colours and sizes that have a row or a column even if nothing of them is sold: the added, the typed."""
        typed = [place for place, one in self.cells.items() if one.is_changed]
        return {*self.colours, *(colour for colour, _ in typed)}, {*self.sizes, *(size for _, size in typed)}

    def text(self, place: Place, grid: Grid) -> str:
        """What a cell says: what was typed, or what stands there now."""
        typed = self.cells.get(place)
        return typed.text if typed and typed.is_changed else self.layer.text_of(grid.cells.get(place))

    def seen(self, place: Place, grid: Grid) -> str:
        """What the cell said when it was drawn. A refusal names what stands there now: from then on that was seen."""
        typed = self.cells.get(place)
        if typed and typed.is_changed and not self.is_refused:
            return typed.seen
        return self.layer.text_of(grid.cells.get(place))

    def fill_in(self, what: str, grid: Grid) -> None:
        """Write the text to fill with: `fill-all`, `fill-colour-3` into a row, `fill-size-7` into a column."""
        for colour, size in ((colour, size) for colour in grid.colours for size in grid.sizes):
            place = colour.id, size.id
            names = ("fill-all", f"fill-colour-{colour.id}", f"fill-size-{size.id}")
            if what in names and self._is_filled(place, grid):
                text = filled(self.layer, self.fill, grid.product.slug, colour.slug, size.slug)
                self.cells[place] = Typed(self.seen(place, grid), text)

    def blame(self, error: ShopError) -> None:
        """Show what was refused at its cells, or above the grid."""
        if isinstance(error, PlacesRefused):
            self.errors = {place: str(one) for place, one in error.errors.items()}
        else:
            self.refused.append(str(error))

    def add(self, shape: str, sent: MultiDict[str, str]) -> None:
        """Have one more row or column: `add-colour` or `add-size`."""
        self.colours += _ids(sent.getlist("new_colour")) if shape == "add-colour" else []
        self.sizes += _ids(sent.getlist("new_size")) if shape == "add-size" else []

    def _is_filled(self, place: Place, grid: Grid) -> bool:
        """Whether filling writes there: into what is sold or typed already, into what is missing only if wanted."""
        fills_gaps = self.layer is SOLD or (self.layer.makes and self.makes)
        return bool(fills_gaps or grid.sold(place) or self.text(place, grid))


def layer_of(name: str) -> Layer:
    """A layer by its name in the address; the first where there is none of that name."""
    return LAYERS.get(name, SOLD)


def _ids(sent: Collection[str]) -> list[int]:
    """Ids of rows or columns, each once."""
    return list(dict.fromkeys(int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 10))
