"""Coupons of a bag: what one would do for it, the best one that everybody is offered, and which ones somebody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from shop.accounts.visitor import Visitor
from shop.cart.bag import BagLine
from shop.cart.queries import bag_of
from shop.cart.services import keep_coupon
from shop.checkout.errors import CouponRefused
from shop.checkout.prices import buyer_of, goods_of, price_bag, today_here
from shop.lib.clock import now
from shop.lib.money import ZERO, Money
from shop.pricing.conditions import Asked, called, why_not
from shop.pricing.priced import Priced
from shop.pricing.quoting import price_goods
from shop.pricing.values import Buyer, Goods
from shop.promotions.queries import coupon_code, rules_now
from shop.promotions.rules import Kind, Rule
from shop.store.formats import money

UNKNOWN = "There is no such coupon"
ANYTHING = Goods(0, 1, Money(1))


@dataclass(frozen=True)
class Offered:
    """A coupon that everybody may use. `saving` is what it takes off this bag; nothing where `reason` says why not."""

    rule: Rule
    saving: Money = ZERO
    reason: str = ""


def refusal(priced: Priced) -> str | None:
    """Why the coupon goods were priced with does not count; None where it does, or where there is none."""
    if priced.unknown_code:
        return UNKNOWN
    for one in priced.settled:
        if one.rule.code is not None:
            return one.reason or None
    coupon = next((rule for rule in priced.delivery_rules if rule.code is not None), None)
    return why_not(coupon, priced.asked) if coupon else None


def give_coupon(visitor: Visitor, typed: str) -> str:
    """Put a coupon on the visitor's bag and return its code. Raises CouponRefused, with the reason."""
    code = coupon_code(typed)
    reason = refusal(price_bag(visitor, bag_of(visitor).sold, code)) if code else "Enter a code"
    if reason:
        raise CouponRefused(code, reason)
    keep_coupon(visitor, code)
    return code


def best_offer(visitor: Visitor, lines: Iterable[BagLine], priced: Priced) -> Offered | None:
    """The public coupon that takes most off a bag without one; else the one for which least is missing."""
    rules, goods = rules_now(), goods_of(lines)
    public = [rule for rule in rules if rule.code is not None and rule.is_public]
    if not public or not goods:
        return None
    automatic = [rule for rule in rules if rule.code is None]
    buyer = buyer_of(visitor, None, rules)
    tried = [_tried(goods, buyer, automatic, rule, priced) for rule in public]
    saving = max((one for one in tried if not one.reason), key=lambda one: one.saving, default=None)
    return saving or _nearest(public, replace(priced.asked, buyer=buyer))


def coupons_of(visitor: Visitor) -> list[Rule]:
    """The coupons somebody may use right now: those for everybody, and those for a group they are in."""
    rules = [rule for rule in rules_now() if rule.code is not None and (rule.is_public or rule.group_id is not None)]
    asked = Asked([ANYTHING], buyer_of(visitor, None, rules), now())
    return [rule for rule in rules if why_not(_for_anything(rule), asked) is None]


def worth(rule: Rule, visitor: Visitor, amount: Money) -> tuple[Money, str | None]:
    """What a coupon takes off goods of an amount that it is for, and why nothing where it does not count."""
    goods = [replace(ANYTHING, unit_price=amount)]
    priced = price_goods(goods, buyer_of(visitor, None, [rule]), today_here(), [_for_any_goods(rule)], rule.code)
    return amount - priced.goods_total, refusal(priced)


def _tried(goods: Sequence[Goods], buyer: Buyer, automatic: Sequence[Rule], rule: Rule, before: Priced) -> Offered:
    priced = price_goods(goods, buyer, today_here(), [*automatic, rule], rule.code)
    reason, saving = refusal(priced), before.goods_total - priced.goods_total
    if reason is None and not saving and rule.kind != Kind.FREE_DELIVERY:
        reason = "It takes nothing off"
    return Offered(rule, saving, reason or "")


def _nearest(public: Sequence[Rule], asked: Asked) -> Offered | None:
    return min(_missing(public, asked), key=lambda one: one[0], default=(ZERO, None))[1]


def _missing(public: Sequence[Rule], asked: Asked) -> Iterator[tuple[Money, Offered]]:
    """Coupons that only a minimum stands in the way of, with what is missing for each."""
    for rule in public:
        if rule.minimum is not None and why_not(replace(rule, minimum=None), asked) is None:
            missing = rule.minimum - asked.goods_total
            yield missing, Offered(rule, reason=f"Add {money(missing)} for {called(rule)}")


def _for_any_goods(rule: Rule) -> Rule:
    return replace(rule, category_ids=frozenset(), brand_ids=frozenset(), product_ids=frozenset())


def _for_anything(rule: Rule) -> Rule:
    """The rule as far as it asks who buys, and when."""
    return replace(_for_any_goods(rule), minimum=None)
