"""Prices a visitor's bag: what is in it, who buys as far as a rule asks, and the coupon they gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from shop.accounts.customers.groups import group_ids_of
from shop.accounts.visitor import Visitor
from shop.cart.bag import Bag, BagLine
from shop.checkout.drafts import Draft, draft_of
from shop.lib.clock import now
from shop.orders.queries import has_ordered
from shop.pricing.priced import Priced
from shop.pricing.quoting import price_goods
from shop.pricing.values import Buyer, Goods
from shop.promotions.queries import rules_for, uses_of
from shop.promotions.redemptions import customer_key
from shop.promotions.rules import Rule
from shop.store.queries import store


def price_bag(
    visitor: Visitor, lines: Iterable[BagLine], coupon_code: str | None, draft: Draft | None = None
) -> Priced:
    """Lines of a bag priced now, for who the visitor is by what they answered so far.

    Answers that are not given are read where a rule asks for them.
    """
    rules = rules_for(coupon_code)
    return price_goods(goods_of(lines), buyer_of(visitor, draft, rules), today_here(), rules, coupon_code)


def price_all(visitor: Visitor, bag: Bag, draft: Draft) -> Priced:
    """Everything in a bag priced now."""
    return price_bag(visitor, bag.lines, bag.coupon_code, draft)


def goods_of(lines: Iterable[BagLine]) -> list[Goods]:
    """A bag's lines as pricing wants them."""
    return [
        Goods(
            line.variant_id,
            line.quantity,
            line.unit_price,
            line.tax_class,
            line.weight_grams,
            line.product_id,
            line.brand_id,
            line.category_id,
            line.called,
        )
        for line in lines
    ]


def buyer_of(visitor: Visitor, draft: Draft | None, rules: Sequence[Rule]) -> Buyer:
    """Who buys; of what rules may ask for, only what one of these does. A guest without an e-mail yet counts as new."""
    asks_first = any(rule.first_order for rule in rules)
    asks_uses = any(rule.uses_each is not None for rule in rules)
    asks_groups = any(rule.group_id is not None for rule in rules)
    user_id = visitor.user_id
    if draft is None:
        draft = draft_of(visitor) if user_id is None and (asks_first or asks_uses) else Draft()
    reached = visitor.email or "" if draft.email is None else draft.reached
    is_known = user_id is not None or bool(reached)
    return Buyer(
        store().country,
        (draft.address or {}).get("state"),
        user_id,
        group_ids=group_ids_of(user_id) if asks_groups and user_id is not None else frozenset(),
        is_first_order=not (asks_first and is_known and has_ordered(user_id, reached)),
        uses=uses_of(customer_key(user_id, reached)) if asks_uses and is_known else {},
    )


def today_here() -> date:
    """Today in the store's time zone."""
    return now().astimezone(ZoneInfo(store().time_zone)).date()
