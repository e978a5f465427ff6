"""Which discounts are taken where several hold: the owner's two settings, and each rule's own word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.pricing.conditions import Asked, called, why_not
from shop.pricing.discounts import amounts_off
from shop.promotions.rules import Rule


@dataclass(frozen=True)
class Combining:
    """Whether several automatic discounts lower one line, and whether a coupon comes on top of them."""

    one_after_another: bool = False
    coupon_on_top: bool = True


@dataclass(frozen=True)
class Tried:
    """A rule, what it takes off each line, and why where it takes off nothing."""

    rule: Rule
    off: tuple[int, ...]
    reason: str = ""

    @property
    def amount(self) -> int:
        return sum(self.off)


def settle(asked: Asked, rules: Sequence[Rule], combining: Combining) -> list[Tried]:
    """Every automatic rule with what it takes off in the end, by priority, and last the coupon where there is one.

    A rule that does not combine shares no line with another. Where a coupon may not come on top, or not everywhere,
    the buyer gets whichever takes off more: with as few uses of coupons as that needs.
    """
    way = _one_after_another if combining.one_after_another else _best_of_each_line
    automatic = (rule for rule in rules if rule.code is None)
    without = way(asked, sorted(automatic, key=lambda rule: (-rule.priority, rule.id)))
    coupon = next((rule for rule in rules if rule.code), None)
    if coupon is None:
        return without
    if reason := why_not(coupon, asked):
        return [*without, _refused(coupon, asked, reason)]
    on_top = [*without, _on_top(asked, without, coupon, combining)]
    alone = _alone(asked, without, coupon)
    return alone if _whole(alone) > _whole(on_top) else on_top


def _best_of_each_line(asked: Asked, rules: Sequence[Rule]) -> list[Tried]:
    """Each line goes to the rule that takes most off it; of equal ones to the first."""
    offers = [_try(asked, rule, asked.amounts) for rule in rules]
    best: list[Tried | None] = [None] * len(asked.goods)
    for offer in offers:
        for place, off in enumerate(offer.off):
            held = best[place]
            if off > (held.off[place] if held else 0):
                best[place] = offer
    return [_kept_of(offer, best) for offer in offers]


def _kept_of(offer: Tried, best: Sequence[Tried | None]) -> Tried:
    if not offer.amount:
        return offer
    kept = tuple(off if best[place] is offer else 0 for place, off in enumerate(offer.off))
    return Tried(offer.rule, kept, "" if any(kept) else "Another discount is better for this")


def _one_after_another(asked: Asked, rules: Sequence[Rule]) -> list[Tried]:
    """Each rule takes from what those before it left."""
    found: list[Tried] = []
    left = list(asked.amounts)
    for rule in rules:
        found.append(_try(asked, rule, left, _closed_to(rule, found)))
        left = [rest - off for rest, off in zip(left, found[-1].off, strict=True)]
    return found


def _closed_to(rule: Rule, before: Sequence[Tried]) -> frozenset[int]:
    """The lines that were lowered by a rule that does not combine, or by any where this one does not."""
    return frozenset(
        place
        for one in before
        if one.amount and not (one.rule.combines and rule.combines)
        for place, off in enumerate(one.off)
        if off
    )


def _try(asked: Asked, rule: Rule, left: Sequence[int], closed: frozenset[int] = frozenset()) -> Tried:
    if reason := why_not(rule, asked):
        return _refused(rule, asked, reason)
    scope = [place for place in asked.scope(rule) if place not in closed]
    off = tuple(amounts_off(rule, left, asked.units, scope))
    if any(off):
        return Tried(rule, off)
    return _refused(rule, asked, _why_nothing(rule, asked, scope))


def _why_nothing(rule: Rule, asked: Asked, scope: Sequence[int]) -> str:
    if not scope:
        return "Does not combine with another discount"
    needed = rule.buy + rule.get - sum(asked.units[place] for place in scope)
    return f"Add {needed} more for {called(rule)}" if needed > 0 else "There is nothing left to take off"


def _on_top(asked: Asked, without: Sequence[Tried], coupon: Rule, combining: Combining) -> Tried:
    if not any(one.amount for one in without):
        return _try(asked, coupon, asked.amounts)
    if not (combining.coupon_on_top and coupon.combines):
        return _refused(coupon, asked, "The discounts you have without it take off more")
    left = [amount - sum(off) for amount, *off in zip(asked.amounts, *(one.off for one in without), strict=True)]
    return _try(asked, coupon, left, _closed_to(coupon, without))


def _alone(asked: Asked, without: Sequence[Tried], coupon: Rule) -> list[Tried]:
    better = f"{called(coupon)} takes off more"
    given_up = [_refused(one.rule, asked, better) if one.amount else one for one in without]
    return [*given_up, _try(asked, coupon, asked.amounts)]


def _refused(rule: Rule, asked: Asked, reason: str) -> Tried:
    return Tried(rule, (0,) * len(asked.goods), reason)


def _whole(tried: Sequence[Tried]) -> int:
    return sum(one.amount for one in tried)
