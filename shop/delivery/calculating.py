"""What sending something somewhere would cost, by every method on offer: the calculator (ORD-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shop.delivery.queries import Method, methods
from shop.delivery.quoting import arrival, charge
from shop.delivery.zones import Place
from shop.lib.money import Money


@dataclass(frozen=True)
class Cost:
    """One method's answer; `is_served` says whether it goes there at all."""

    method: Method
    is_served: bool
    charge: Money
    arrives_from: date
    arrives_to: date


def costs(place: Place | None, goods_total: Money, weight_grams: int, on: date) -> tuple[Cost, ...]:
    """Every method's answer for goods of this worth and weight, sent on a day; without a place all go there."""
    return tuple(cost(method, place, goods_total, weight_grams, on) for method in methods())


def cost(method: Method, place: Place | None, goods_total: Money, weight_grams: int, on: date) -> Cost:
    """One method's answer."""
    is_served = place is None or method.zones.serve(place)
    return Cost(method, is_served, charge(method, goods_total, weight_grams), *arrival(method, on))
