"""What colours and sizes of a product are to become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shop.catalog.models import Variant
from shop.lib.money import Money
from shop.merchandising.products.skus import Codes

MOST_VARIANTS = 200
MOST_GRAMS = MOST_MM = 99_999
MEASURES = ("length_mm", "width_mm", "height_mm")
PACKED = ("weight_grams", *MEASURES)
"""What a parcel is weighed and measured by."""
Place = tuple[int, int]
"""A colour and a size, by their ids."""


@dataclass(frozen=True, kw_only=True)
class NewVariant:
    """A colour and size that is to be made; without a SKU one is made from the product's address."""

    colour_id: int
    size_id: int
    price: Money
    sale_price: Money | None = None
    sku: str = ""
    weight_grams: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    units: int = 0

    @property
    def place(self) -> Place:
        return self.colour_id, self.size_id

    def wanted(self, slug: str, codes: Codes) -> Wanted:
        """The same with its SKU."""
        values = {name: getattr(self, name) for name in ("price", "sale_price", *PACKED)}
        return Wanted(self.place, values | {"sku": self.sku or codes.sku(slug, *self.place)}, units=self.units)


@dataclass(frozen=True)
class Wanted:
    """What a colour and size is to become: values by column, and `is_sold`. Without a `variant` it is made.

    `units` are those a new one begins with.
    """

    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)
    variant: Variant | None = None
    units: int = 0

    @property
    def sku(self) -> str:
        """The SKU it has so far."""
        return self.variant.sku if self.variant else ""

    @property
    def is_sold(self) -> bool:
        """Whether it is sold afterwards."""
        return bool(self.values.get("is_sold", self.variant is None or self.variant.retired_at is None))

    @property
    def comes(self) -> bool:
        """Whether it is sold afterwards, and was not before."""
        return self.is_sold and (self.variant is None or self.variant.retired_at is not None)

    def will_be(self, name: str) -> Any:
        """A value as it stands afterwards."""
        return self.values.get(name, getattr(self.variant, name) if self.variant else None)
