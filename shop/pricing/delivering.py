"""What sending goods costs once promotions for delivery had their say; one of them at the most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.delivery.queries import Method
from shop.delivery.quoting import charge
from shop.lib.money import ZERO, Money
from shop.pricing.conditions import Asked, called, why_not
from shop.pricing.trace import Step, StepKind
from shop.pricing.values import Applied
from shop.promotions.rules import Rule

NOTHING_TO_DO = "Delivery is free already"
NOT_CHOSEN = "Counts as soon as a delivery is chosen"


@dataclass(frozen=True)
class Delivery:
    """A method's charge for a bag, what a promotion took off it, and the steps that say so."""

    charge: Money
    applied: tuple[Applied, ...]
    steps: tuple[Step, ...]


def deliver(asked: Asked, rules: Sequence[Rule], method: Method | None, goods_total: Money) -> Delivery:
    """Charge for a delivery method; `goods_total` is what the goods cost after discounts, `rules` those of delivery."""
    weight = sum(item.weight_grams * item.quantity for item in asked.goods)
    before = charge(method, goods_total, weight) if method else ZERO
    reasons = {rule.id: why_not(rule, asked) for rule in rules}
    best = max((rule for rule in rules if not reasons[rule.id]), key=lambda rule: _off(rule, before), default=None)
    off = _off(best, before) if best else ZERO
    steps = [Step(StepKind.DELIVERY, method.name, amount=before)] if method else []
    for rule in rules:
        takes = off if rule is best else ZERO
        reason = reasons[rule.id] or _reason(rule, best, method, before)
        steps.append(
            Step(StepKind.DELIVERY, called(rule), bool(takes), reason, -takes, bool(rule.code or rule.is_public))
        )
    applied = (Applied(best.id, best.name, best.code, off),) if best and off else ()
    return Delivery(before - off, applied, tuple(steps))


def _off(rule: Rule, before: Money) -> Money:
    return before if rule.most is None else min(before, rule.most)


def _reason(rule: Rule, best: Rule | None, method: Method | None, before: Money) -> str:
    if method is None:
        return NOT_CHOSEN
    if not before:
        return NOTHING_TO_DO
    return "" if rule is best else "Another discount is better for this"
