"""The owner's list: how each promotion stands at a moment, and which ones are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import selectinload

from shop.extensions import db
from shop.lib.clock import now
from shop.promotions.models import Promotion, Redemption
from shop.promotions.states import CouponState

S = CouponState
SOON = timedelta(days=7)
ENDS_SOON = "ends_soon"
USES: Any = (
    select(func.count())
    .where(Redemption.promotion_id == Promotion.id, Redemption.freed_at.is_(None))
    .correlate(Promotion)
    .scalar_subquery()
)
IS_USED_UP = and_(Promotion.uses_limit.is_not(None), Promotion.uses_limit <= USES)
SORTS: dict[str, tuple[Any, ...]] = {
    "newest": (Promotion.created_at.desc(), Promotion.id.desc()),
    "name": (func.coalesce(Promotion.code, Promotion.name), Promotion.id),
    "ends": (Promotion.ends_at.is_(None), Promotion.ends_at, Promotion.id),
    "uses": (USES.desc(), Promotion.id.desc()),
}
TYPES = {"coupon": Promotion.code.is_not(None), "automatic": Promotion.code.is_(None)}


@dataclass(frozen=True)
class Wanted:
    """Which promotions are looked for; `standing` is a CouponState, `ends_soon`, or nothing for all but archived."""

    standing: str = ""
    q: str = ""
    kind: str = ""
    code: str = ""
    type: str = ""
    sort: str = "newest"


def standing_of(promotion: Promotion, uses: int) -> CouponState:
    """How a promotion stands: what somebody chose, else what follows from its uses and times."""
    if promotion.state != S.ACTIVE:
        return S(promotion.state)
    moment = now()
    if promotion.ends_at is not None and promotion.ends_at <= moment:
        return S.EXPIRED
    if promotion.uses_limit is not None and uses >= promotion.uses_limit:
        return S.USED_UP
    return S.SCHEDULED if promotion.starts_at is not None and promotion.starts_at > moment else S.ACTIVE


def stands(standing: str, moment: datetime) -> ColumnElement[bool]:
    """The condition that a promotion stands so, in the same order of questions as `standing_of`."""
    if standing == ENDS_SOON:
        return and_(stands(S.ACTIVE, moment), Promotion.ends_at <= moment + SOON)
    if standing in {S.PAUSED, S.ARCHIVED}:
        return Promotion.state == standing
    is_over = and_(Promotion.ends_at.is_not(None), Promotion.ends_at <= moment)
    if standing == S.EXPIRED:
        return and_(Promotion.state == S.ACTIVE, is_over)
    alive = and_(Promotion.state == S.ACTIVE, ~is_over)
    if standing == S.USED_UP:
        return and_(alive, IS_USED_UP)
    is_early = and_(Promotion.starts_at.is_not(None), Promotion.starts_at > moment)
    return and_(alive, ~IS_USED_UP, is_early if standing == S.SCHEDULED else ~is_early)


def found(wanted: Wanted) -> Select[Promotion]:
    """The promotions looked for, with what they are limited to."""
    listed = select(Promotion).options(selectinload(Promotion.scopes))
    if wanted.standing:
        listed = listed.where(stands(wanted.standing, now()))
    else:
        listed = listed.where(Promotion.state != S.ARCHIVED)
    if wanted.q:
        columns = (Promotion.name, Promotion.code)
        listed = listed.where(or_(*(column.icontains(wanted.q, autoescape=True) for column in columns)))
    if wanted.kind:
        listed = listed.where(Promotion.kind == wanted.kind)
    if wanted.code:
        listed = listed.where(Promotion.code == wanted.code)
    if wanted.type in TYPES:
        listed = listed.where(TYPES[wanted.type])
    return listed.order_by(*SORTS[wanted.sort])


def counts() -> dict[str, int]:
    """How many there are in each tab, in one statement; "" is all but the archived ones."""
    moment = now()
    tabs = [ENDS_SOON, *S]
    conditions = [Promotion.state != S.ARCHIVED, *(stands(tab, moment) for tab in tabs)]
    counted = select(*(func.count(case((condition, 1))) for condition in conditions)).select_from(Promotion)
    return dict(zip(["", *tabs], db.session.execute(counted).one(), strict=True))
