"""Why a promotion does not hold for a buyer and a bag, in the words that both read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from shop.lib.money import Money
from shop.pricing.values import Buyer, Goods
from shop.promotions.rules import Rule
from shop.store.formats import moment, money

Say = Callable[[Money], str]
When = Callable[[datetime], str]


@dataclass(frozen=True)
class Asked:
    """A bag at one moment; `say` writes amounts of money, `when` moments."""

    goods: Sequence[Goods]
    buyer: Buyer
    at: datetime
    say: Say = money
    when: When = moment

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """What each line comes to before any discount, in minor units."""
        return tuple(item.unit_price.minor * item.quantity for item in self.goods)

    @cached_property
    def units(self) -> tuple[int, ...]:
        return tuple(item.quantity for item in self.goods)

    @cached_property
    def goods_total(self) -> Money:
        """What all goods come to before any discount: what a minimum is asked of."""
        return Money(sum(self.amounts))

    def scope(self, rule: Rule) -> list[int]:
        """Which lines a rule is for, by their places: it names the category, the brand or the product."""
        if rule.is_for_all_goods:
            return list(range(len(self.goods)))
        return [place for place, item in enumerate(self.goods) if _is_named(rule, item)]


def called(rule: Rule) -> str:
    """What people know a promotion by: the code they typed, or its name."""
    return rule.code or rule.name


def why_not(rule: Rule, asked: Asked) -> str | None:
    """The first reason why a rule does not hold; None where it does."""
    return _by_time(rule, asked) or _by_buyer(rule, asked.buyer) or _by_goods(rule, asked)


def _by_time(rule: Rule, asked: Asked) -> str | None:
    if rule.starts_at is not None and asked.at < rule.starts_at:
        return f"Starts on {asked.when(rule.starts_at)}"
    if rule.ends_at is not None and asked.at >= rule.ends_at:
        return f"Ended on {asked.when(rule.ends_at)}"
    return "Has been used as often as it may be" if rule.is_used_up else None


def _by_buyer(rule: Rule, buyer: Buyer) -> str | None:
    if rule.group_id is not None and rule.group_id not in buyer.group_ids:
        return "Only for a group of customers"
    if rule.first_order and not buyer.is_first_order:
        return "Only on a first order"
    if rule.uses_each is not None and buyer.uses.get(rule.id, 0) >= rule.uses_each:
        return "You have used it already"
    return None


def _by_goods(rule: Rule, asked: Asked) -> str | None:
    if not asked.scope(rule):
        return "Nothing in the bag is part of it"
    if rule.minimum is not None and asked.goods_total < rule.minimum:
        return f"Add {asked.say(rule.minimum - asked.goods_total)} for {called(rule)}"
    return None


def _is_named(rule: Rule, item: Goods) -> bool:
    return (
        item.category_id in rule.category_ids or item.brand_id in rule.brand_ids or item.product_id in rule.product_ids
    )
