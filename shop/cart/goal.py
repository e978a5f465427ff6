"""How far a bag is from free delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.delivery.queries import Method
from shop.lib.money import ZERO, Money
from shop.pricing.priced import Priced


@dataclass(frozen=True)
class DeliveryGoal:
    """The cheapest delivery for a bag, and the amount from which one is free, if any is."""

    cheapest: Money
    free_from: Money | None
    missing: Money

    @property
    def is_reached(self) -> bool:
        return self.free_from is not None and not self.missing


def delivery_goal(priced: Priced, methods: Sequence[Method]) -> DeliveryGoal | None:
    """What delivery of these goods costs at least, after discounts; None while there is no way to deliver."""
    if not methods:
        return None
    cheapest = min(priced.delivery(method).charge for method in methods)
    free_from = min((method.free_from for method in methods if method.free_from is not None), default=None)
    missing = max(ZERO, free_from - priced.goods_total) if cheapest and free_from is not None else ZERO
    return DeliveryGoal(cheapest, free_from, missing)
