"""Reads of promotions: the rules that prices are worked out by, and how often they were used."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from shop.catalog.models import Category
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.kept import kept_by_stamp
from shop.lib.queries import rows
from shop.promotions.models import LONGEST_CODE, Promotion, Redemption, ScopeKind
from shop.promotions.rules import Kind, Rule
from shop.promotions.states import CouponState


def rules_now() -> tuple[Rule, ...]:
    """Every coupon and automatic discount whose time it is, those that come first in front."""
    moment = now()
    return _with_uses(rule for rule in _active_rules() if rule.is_running(moment))


def rules_for(code: str | None) -> tuple[Rule, ...]:
    """What a bag is priced by: automatic discounts whose time it is, and the coupon it names, whatever its time."""
    moment, wanted = now(), coupon_code(code or "")
    return _with_uses(
        rule for rule in _active_rules() if (rule.code == wanted if rule.code else rule.is_running(moment))
    )


def rules_to_try(code: str | None) -> tuple[Rule, ...]:
    """The same with automatic discounts whose time is over or to come: for an owner who asks what each would do."""
    wanted = coupon_code(code or "")
    return _with_uses(rule for rule in _active_rules() if rule.code in {None, wanted})


def rule_called(code: str) -> Rule | None:
    """The active coupon with this code, also one whose time is over or to come; None for paused and unknown ones."""
    wanted = coupon_code(code)
    found = _with_uses(rule for rule in _active_rules() if rule.code is not None and rule.code == wanted)
    return found[0] if found else None


def coupon_code(typed: str) -> str:
    """A code as it is kept: capitals, without the blanks people copy along."""
    return "".join(typed.split()).upper()[:LONGEST_CODE]


def rule_of(promotion: Promotion, tree: Iterable[tuple[int, str]] | None = None) -> Rule:
    """A promotion as pricing reads it; `tree` is ids and paths of all categories, where they are known already."""
    return Rule(
        id=promotion.id,
        name=promotion.name,
        code=promotion.code,
        kind=Kind(promotion.kind),
        value=promotion.value,
        buy=promotion.buy,
        get=promotion.get,
        minimum=promotion.minimum,
        most=promotion.most,
        starts_at=promotion.starts_at,
        ends_at=promotion.ends_at,
        first_order=promotion.first_order,
        group_id=promotion.group_id,
        category_ids=_with_branches(promotion.ids_of(ScopeKind.CATEGORY), _tree() if tree is None else tree),
        brand_ids=promotion.ids_of(ScopeKind.BRAND),
        product_ids=promotion.ids_of(ScopeKind.PRODUCT),
        is_public=promotion.is_public,
        combines=promotion.combines,
        priority=promotion.priority,
        uses_limit=promotion.uses_limit,
        uses_each=promotion.uses_each,
    )


def uses_of(customer_key: str) -> dict[int, int]:
    """How often a customer has used each promotion, by its id."""
    counted = select(Redemption.promotion_id, func.count()).where(
        Redemption.customer_key == customer_key, Redemption.freed_at.is_(None)
    )
    return dict(db.session.execute(counted.group_by(Redemption.promotion_id)).all())


def uses_by_id(promotion_ids: Collection[int]) -> dict[int, int]:
    """How often each of these promotions is used by orders that were not given up."""
    if not promotion_ids:
        return {}
    counted = select(Redemption.promotion_id, func.count()).where(
        Redemption.promotion_id.in_(promotion_ids), Redemption.freed_at.is_(None)
    )
    return dict(db.session.execute(counted.group_by(Redemption.promotion_id)).all())


def was_used(promotion_id: int) -> bool:
    """Whether any order ever used a promotion, also one that was given up."""
    used = select(Redemption.id).where(Redemption.promotion_id == promotion_id).limit(1)
    return db.session.scalar(used) is not None


def promotions() -> Select[Promotion]:
    """All promotions with what they are limited to."""
    return select(Promotion).options(selectinload(Promotion.scopes))


@kept_by_stamp(1, for_writers=True)
def _active_rules() -> tuple[Rule, ...]:
    """Every rule that nobody paused or archived, by priority; time and uses are asked by whoever reads them."""
    active = promotions().where(Promotion.state == CouponState.ACTIVE)
    in_order = active.order_by(Promotion.priority.desc(), Promotion.id)
    found = rows(in_order.execution_options(populate_existing=True))
    tree = _tree() if any(promotion.ids_of(ScopeKind.CATEGORY) for promotion in found) else ()
    return tuple(rule_of(promotion, tree) for promotion in found)


def _with_uses(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The same rules, with `is_used_up` as the database has it now: that changes with orders, not with the stamp."""
    known = tuple(rules)
    uses = uses_by_id([rule.id for rule in known if rule.uses_limit is not None])
    return tuple(
        replace(rule, is_used_up=rule.uses_limit is not None and uses.get(rule.id, 0) >= rule.uses_limit)
        for rule in known
    )


def _tree() -> tuple[tuple[int, str], ...]:
    return tuple(db.session.execute(select(Category.id, Category.path)).all())


def _with_branches(ids: frozenset[int], tree: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Category ids with those of everything below them."""
    if not ids:
        return ids
    known = tuple(tree)
    roots = [path for number, path in known if number in ids]
    below = (number for number, path in known if any(path.startswith(f"{root}/") for root in roots))
    return ids.union(below)
