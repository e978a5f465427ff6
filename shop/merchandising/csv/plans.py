"""What becomes of a product and its variants by the lines about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shop.catalog.models import Product, Variant
from shop.merchandising.csv.outcomes import Outcome
from shop.merchandising.csv.reading import Line

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
