"""What the owner does with coupons and discounts: adds, changes, pauses, archives and deletes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.extensions import db
from shop.lib.queries import one_or_404
from shop.lib.states import WrongState
from shop.promotions.errors import CodeTaken, WasUsed
from shop.promotions.models import Promotion, PromotionScope, ScopeKind
from shop.promotions.queries import was_used
from shop.promotions.states import NEXT, CouponState
from shop.promotions.terms import PLAIN, Terms, check, terms_of, tidied


def add_promotion(terms: Terms, state: CouponState = CouponState.ACTIVE) -> Promotion:
    """A new coupon, or automatic discount. Raises WrongFields or CodeTaken."""
    promotion = Promotion(state=state)
    _write(promotion, terms)
    return promotion


def change_promotion(promotion_id: int, terms: Terms) -> Promotion:
    """Change a promotion; orders that used it keep what they got. Raises NotFound, WrongFields or CodeTaken."""
    promotion = held(promotion_id)
    _write(promotion, terms)
    return promotion


def move_promotion(promotion_id: int, to: CouponState) -> Promotion:
    """Pause, activate or archive a promotion. Raises NotFound or WrongState."""
    promotion = held(promotion_id)
    if to not in NEXT[CouponState(promotion.state)]:
        raise WrongState("promotion", promotion.state, to)
    promotion.state = to
    db.session.flush()
    return promotion


def put_back(promotion_id: int, values: Mapping[str, Any]) -> None:
    """Put terms or the state back that it had before. Raises what `change_promotion` raises."""
    promotion = held(promotion_id)
    terms = {name: value for name, value in values.items() if name in PLAIN}
    change_promotion(promotion_id, replace(terms_of(promotion), **terms))
    promotion.state = values.get("state", promotion.state)
    db.session.flush()


def delete_promotion(promotion_id: int) -> None:
    """Delete a promotion that no order ever used. Raises NotFound or WasUsed."""
    promotion = held(promotion_id)
    if was_used(promotion_id):
        raise WasUsed(promotion.code or promotion.name)
    db.session.delete(promotion)
    db.session.flush()


def held(promotion_id: int) -> Promotion:
    """The promotion, its row locked until the unit ends. Raises NotFound."""
    locked = select(Promotion).where(Promotion.id == promotion_id).with_for_update(of=Promotion)
    return one_or_404(locked.execution_options(populate_existing=True))


def _write(promotion: Promotion, terms: Terms) -> None:
    terms = tidied(terms)
    check(terms)
    try:
        with db.session.begin_nested():
            for name in PLAIN:
                setattr(promotion, name, getattr(terms, name))
            db.session.add(promotion)
    except IntegrityError as error:
        raise CodeTaken(terms.code or "") from error
    _limit(promotion, terms)
    db.session.flush()


def _limit(promotion: Promotion, terms: Terms) -> None:
    """Write what it is limited to; what stays is not written again."""
    wanted = {(kind.value, ref_id) for kind in ScopeKind for ref_id in terms.ids_of(kind)}
    for scope in [one for one in promotion.scopes if (one.kind, one.ref_id) not in wanted]:
        promotion.scopes.remove(scope)
    there = {(scope.kind, scope.ref_id) for scope in promotion.scopes}
    promotion.scopes.extend(PromotionScope(kind=kind, ref_id=ref_id) for kind, ref_id in sorted(wanted - there))
