"""Puts what someone bought before into the bag once more (ORD-06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.accounts.visitor import Visitor
from shop.cart.errors import MOST, BagFull, NotEnough
from shop.cart.queries import cart_of
from shop.cart.services.lines import add_line, line_with
from shop.lib.errors import NotFound
from shop.lib.queries import one_or_none
from shop.orders.models import OrderLine
from shop.stock import queries as stock_queries


@dataclass(frozen=True)
class BoughtAgain:
    """Units that are in the bag now, and in words what could not come along."""

    units: int
    missing: tuple[str, ...]


def buy_again(visitor: Visitor, lines: Sequence[OrderLine]) -> BoughtAgain:
    """Add the lines of an order to the bag, as many units as there are; at today's prices."""
    units, missing = 0, []
    for line in sorted(lines, key=lambda line: line.variant_id):
        taken = _add(visitor, line)
        units += taken
        if taken < line.quantity:
            missing.append(_words(line, taken))
    return BoughtAgain(units, tuple(missing))


def _add(visitor: Visitor, line: OrderLine) -> int:
    cart = one_or_none(cart_of(visitor))
    in_bag = one_or_none(line_with(cart.id, line.variant_id)) if cart else None
    left = stock_queries.for_sale([line.variant_id]).get(line.variant_id, 0)
    wanted = min(line.quantity, min(left, MOST) - (in_bag.quantity if in_bag else 0))
    try:
        return wanted if wanted > 0 and add_line(visitor, line.variant_id, wanted) else 0
    except (NotFound, NotEnough, BagFull):
        return 0


def _words(line: OrderLine, taken: int) -> str:
    what = f"{line.name} ({line.colour}, {line.size})"
    return f"{what}: only {taken} of {line.quantity}" if taken else what
