"""Why a price is what it is, step by step: written with the price, kept with the order, read by shopper and owner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from shop.lib.money import ZERO, Money


class StepKind(StrEnum):
    """What a step is about; a promotion that lowers delivery is a step of delivery."""

    LINE = "line"
    PROMOTION = "promotion"
    COUPON = "coupon"
    DELIVERY = "delivery"
    FEE = "fee"
    TAX = "tax"


DISCOUNTS = frozenset({StepKind.PROMOTION, StepKind.COUPON})


@dataclass(frozen=True)
class Step:
    """One thing that was asked or done. `amount` is what it adds to the total: less than nothing for a discount.

    `is_public` is False for what only the owner may know was tried.
    """

    kind: StepKind
    name: str
    applied: bool = True
    reason: str = ""
    amount: Money = ZERO
    is_public: bool = True

    @property
    def plain(self) -> dict[str, Any]:
        """As an order keeps it."""
        return asdict(self) | {"amount": self.amount.minor}


class Discount(NamedTuple):
    """What one promotion took off the goods."""

    name: str
    amount: Money


def steps_of(kept: Sequence[dict[str, Any] | str]) -> tuple[Step, ...]:
    """The steps an order keeps; old ones are sentences."""
    return tuple(
        Step(StepKind.LINE, step) if isinstance(step, str) else Step(**step | {"amount": Money(step["amount"])})
        for step in kept
    )


def told(steps: Iterable[Step]) -> tuple[Step, ...]:
    """What a shopper reads: all that was done, and what was tried in public."""
    return tuple(step for step in steps if step.applied or step.is_public)


def discounts(steps: Iterable[Step]) -> tuple[Discount, ...]:
    """What made the goods cheaper; the amounts sum to the discount of the whole."""
    return tuple(Discount(step.name, -step.amount) for step in steps if step.kind in DISCOUNTS and step.amount)
