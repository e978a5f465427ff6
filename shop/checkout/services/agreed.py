"""The discounts of an order that is priced once more: those it was placed with stay, whatever became of them since."""

from __future__ import annotations

from dataclasses import replace

from shop.lib.queries import rows
from shop.orders.models import Order
from shop.promotions.models import Promotion
from shop.promotions.queries import promotions, rule_of, rules_to_try, uses_by_id
from shop.promotions.redemptions import uses_of_order
from shop.promotions.rules import Rule


def rules_agreed(order: Order) -> tuple[tuple[Rule, ...], str | None]:
    """What the order uses or used and whatever else ran when it was placed, and the code of its newest coupon.

    Of the first neither time nor who may use them is asked again, and limits only where the use was given back.
    """
    uses = uses_of_order(order.id)
    live = {one.promotion_id for one in uses if one.freed_at is None}
    found = {one.id: one for one in rows(promotions().where(Promotion.id.in_({one.promotion_id for one in uses})))}
    used = [_kept(rule_of(found[id]), id in live) for id in dict.fromkeys(one.promotion_id for one in uses)]
    others = [rule for rule in rules_to_try(None) if rule.id not in found and rule.is_running(order.placed_at)]
    coupons = sorted((rule for rule in used if rule.code), key=lambda rule: rule.id not in live)
    code = coupons[0].code if coupons else None
    return (*used, *(replace(rule, starts_at=None, ends_at=None) for rule in others)), code


def _kept(rule: Rule, is_live: bool) -> Rule:
    free = replace(rule, starts_at=None, ends_at=None, first_order=False, group_id=None)
    if is_live:
        return replace(free, uses_limit=None, uses_each=None)
    is_used_up = rule.uses_limit is not None and uses_by_id([rule.id]).get(rule.id, 0) >= rule.uses_limit
    return replace(free, is_used_up=is_used_up)
