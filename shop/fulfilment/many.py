"""Moves many orders one step. Each moves in a unit of its own, so one that cannot holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shop.fulfilment.services import confirm_order, pack_order
from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.orders.queries import numbers_of
from shop.orders.services import lock_order
from shop.orders.states import OrderState


class Fate(StrEnum):
    """What became of one order."""

    DONE = "done"
    SAME = "same"
    LEFT = "left"


@dataclass(frozen=True)
class Outcome:
    """What became of an order, and why it was left as it is. `row` is its line in a file.

    Not `is_known` is a number of a file that no order was looked up for, or that none has.
    """

    number: str
    fate: Fate
    why: str = ""
    row: int = 0
    is_known: bool = True
    order_id: int = 0


@dataclass(frozen=True)
class Step:
    """A step many orders can take at once."""

    title: str
    to: OrderState
    move: Callable[[Order, Actor], Any]


STEPS = {
    "confirm": Step("Confirm", OrderState.CONFIRMED, confirm_order),
    "pack": Step("Pack", OrderState.PACKED, pack_order),
}


def move_each(order_ids: Collection[int], step: Step, by: Actor) -> list[Outcome]:
    """Move orders one after the other, lowest id first; those that have come there already stay as they are.

    Opens its own units.
    """
    with unit_of_work(read_only=True):
        known = numbers_of(order_ids)
    return [_moved(order_id, known[order_id], step, by) for order_id in sorted(known)]


def _moved(order_id: int, number: str, step: Step, by: Actor) -> Outcome:
    try:
        with unit_of_work():
            order = lock_order(order_id)
            if order.state == step.to:
                return Outcome(number, Fate.SAME, order_id=order_id)
            step.move(order, by)
            return Outcome(number, Fate.DONE, order_id=order_id)
    except ShopError as error:
        return Outcome(number, Fate.LEFT, str(error), order_id=order_id)
