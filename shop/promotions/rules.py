"""What a coupon or an automatic discount gives, as plain values: pricing reads these and no row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shop.lib.money import Money


class Kind(StrEnum):
    """How a discount is counted: `value` is basis points of percent and buy_get, minor units of fixed."""

    PERCENT = "percent"
    FIXED = "fixed"
    BUY_GET = "buy_get"
    FREE_DELIVERY = "free_delivery"


@dataclass(frozen=True)
class Rule:
    """One promotion. Without a code it is automatic; with no ids at all it holds for everything.

    Category ids hold their sub-categories already. `is_used_up` says that `uses_limit` is reached; it is asked fresh.
    `uses_each` is how often one customer may use it.
    """

    id: int
    name: str
    code: str | None
    kind: Kind
    value: int
    buy: int = 0
    get: int = 0
    minimum: Money | None = None
    most: Money | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    first_order: bool = False
    group_id: int | None = None
    category_ids: frozenset[int] = frozenset()
    brand_ids: frozenset[int] = frozenset()
    product_ids: frozenset[int] = frozenset()
    is_public: bool = False
    combines: bool = True
    priority: int = 0
    uses_limit: int | None = None
    uses_each: int | None = None
    is_used_up: bool = False

    @property
    def is_for_all_goods(self) -> bool:
        return not (self.category_ids or self.brand_ids or self.product_ids)

    def is_running(self, moment: datetime) -> bool:
        """Whether its time has begun and not ended."""
        has_begun = self.starts_at is None or self.starts_at <= moment
        return has_begun and (self.ends_at is None or moment < self.ends_at)
