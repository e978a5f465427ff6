"""What pricing is asked and what it answers, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shop.lib.money import Money
from shop.pricing.trace import Discount, Step, discounts


@dataclass(frozen=True)
class Buyer:
    """Who buys, as far as the price depends on it; `uses` says how often they used each promotion, by its id."""

    country: str
    state: str | None = None
    user_id: int | None = None
    group_ids: frozenset[int] = frozenset()
    is_first_order: bool = True
    uses: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Goods:
    """Units of one variant at their price, which includes tax where the country says so; what a rule may ask of it."""

    variant_id: int
    quantity: int
    unit_price: Money
    tax_class: str = "apparel"
    weight_grams: int = 0
    product_id: int = 0
    brand_id: int = 0
    category_id: int = 0
    name: str = ""

    @property
    def total(self) -> Money:
        """What they come to before any discount."""
        return self.unit_price * self.quantity


@dataclass(frozen=True)
class Applied:
    """A promotion that made an order cheaper, and by how much."""

    promotion_id: int
    name: str
    code: str | None
    amount: Money


@dataclass(frozen=True)
class QuotedLine:
    """What units of a variant come to. `total` is after the discount; `tax_added` is to be paid besides.

    `tax_rate` is in basis points.
    """

    variant_id: int
    quantity: int
    unit_price: Money
    discount: Money
    total: Money
    tax_rate: int
    tax_contained: Money
    tax_added: Money


@dataclass(frozen=True)
class Quote:
    """An exact price. `total` is lines + delivery + fee + tax added - discount; the trace's amounts sum to it.

    `lines_total` is before the discount; `delivery_tax` is the tax within, or on top of, delivery and fee.
    """

    lines: tuple[QuotedLine, ...]
    lines_total: Money
    discount: Money
    delivery_charge: Money
    payment_fee: Money
    delivery_tax: Money
    tax_added: Money
    tax_contained: Money
    total: Money
    applied: tuple[Applied, ...]
    trace: tuple[Step, ...]

    @property
    def discounts(self) -> tuple[Discount, ...]:
        """What made the goods cheaper, by name."""
        return discounts(self.trace)

    @property
    def goods_total(self) -> Money:
        """What the goods come to after discounts, without tax that comes on top."""
        return self.lines_total - self.discount
