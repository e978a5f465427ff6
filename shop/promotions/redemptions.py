"""Uses of promotions: taken with an order, given back when it is given up.

Whoever takes or frees uses does so after the order's row or number and before stock, in the order of promotions' ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from shop.extensions import db
from shop.lib.clock import now
from shop.lib.money import Money
from shop.promotions.errors import CouponUsedUp, UsedBefore
from shop.promotions.models import Promotion, Redemption
from shop.promotions.queries import uses_by_id

TRIES = 200
"""How often one who takes a use may come second in a row: orders queue for their numbers, so hardly ever once."""


class Used(Protocol):
    """What pricing says of a promotion that made an order cheaper."""

    @property
    def promotion_id(self) -> int: ...
    @property
    def amount(self) -> Money: ...


class Ordered(Protocol):
    """What is asked of the order."""

    id: int
    user_id: int | None

    @property
    def reached(self) -> str: ...


def redeem(order: Ordered, applied: Sequence[Used]) -> None:
    """Take one use of each promotion for an order, in its unit. Raises CouponUsedUp or UsedBefore."""
    key, amounts = customer_key(order.user_id, order.reached), _amounts(applied)
    for promotion_id in sorted(amounts):
        _take(db.session.get_one(Promotion, promotion_id), order.id, key, amounts[promotion_id])


def redeem_again(order: Ordered) -> None:
    """Take the uses anew that an order gave back. Raises CouponUsedUp or UsedBefore."""
    given_back = select(Redemption).where(Redemption.order_id == order.id, Redemption.freed_at.is_not(None))
    redeem(order, list({one.promotion_id: one for one in db.session.scalars(given_back)}.values()))


def uses_of_order(order_id: int) -> list[Redemption]:
    """Every use an order took, the newest first, those given back too."""
    return list(db.session.scalars(select(Redemption).where(Redemption.order_id == order_id).order_by(-Redemption.id)))


def redeem_instead(order: Ordered, applied: Sequence[Used]) -> None:
    """Let an order use these promotions and no others: those it keeps with their new amounts, whatever their limits.

    Raises CouponUsedUp or UsedBefore for one that it did not use before.
    """
    amounts = _amounts(applied)
    kept = {one.promotion_id for one in uses_of_order(order.id) if one.freed_at is None}
    mine = update(Redemption).where(Redemption.order_id == order.id, Redemption.freed_at.is_(None))
    mine = mine.execution_options(synchronize_session=False)
    for promotion_id in kept:
        values = {"amount": amounts[promotion_id]} if promotion_id in amounts else {"freed_at": now()}
        db.session.execute(mine.where(Redemption.promotion_id == promotion_id).values(**values))
    redeem(order, [one for one in applied if one.promotion_id not in kept])


def free(order_id: int) -> None:
    """Give back every use an order took; one that took none, or gave them back before, changes nothing."""
    live = update(Redemption).where(Redemption.order_id == order_id, Redemption.freed_at.is_(None))
    db.session.execute(live.values(freed_at=now()).execution_options(synchronize_session=False))


def customer_key(user_id: int | None, reached: str) -> str:
    """Who uses a promotion: an account, or a guest's e-mail address or phone in a form that does not tell it."""
    if user_id is not None:
        return f"user:{user_id}"
    return hashlib.sha256(reached.strip().casefold().encode()).hexdigest()


def _amounts(applied: Sequence[Used]) -> dict[int, Money]:
    """What each promotion took off, by its id."""
    amounts: dict[int, Money] = {}
    for one in applied:
        amounts[one.promotion_id] = amounts.get(one.promotion_id, Money()) + one.amount
    return amounts


def _take(promotion: Promotion, order_id: int, key: str, amount: Money) -> None:
    """Take the next free numbers; who loses a number to somebody else looks again. Raises CouponUsedUp."""
    values = {"promotion_id": promotion.id, "order_id": order_id, "customer_key": key, "amount": amount}
    for _ in range(TRIES):
        own_slot = _next_own_slot(promotion, key)
        slot = _next_slot(promotion)
        if _write(**values, slot=slot, own_slot=own_slot, created_at=now()):
            return
    raise CouponUsedUp(promotion.code or promotion.name)


def _write(**values: object) -> bool:
    """Whether the use was written; not, if another order took one of its numbers first."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    written = dialect.insert(Redemption).values(**values).on_conflict_do_nothing()
    return db.session.scalar(written.returning(Redemption.id)) is not None


def _next_slot(promotion: Promotion) -> int:
    """The lowest free number within the limit. Raises CouponUsedUp."""
    limit = promotion.uses_limit
    if limit is None:
        return (db.session.scalar(select(func.max(Redemption.slot)).where(*_live(promotion))) or 0) + 1
    number = _lowest_free(promotion)
    if number > limit or uses_by_id([promotion.id]).get(promotion.id, 0) >= limit:
        raise CouponUsedUp(promotion.code or promotion.name)
    return number


def _next_own_slot(promotion: Promotion, key: str) -> int:
    """The customer's next free number within what each may use. Raises UsedBefore."""
    own = select(Redemption.own_slot).where(*_live(promotion), Redemption.customer_key == key)
    taken = set(db.session.scalars(own))
    if promotion.uses_each is not None and len(taken) >= promotion.uses_each:
        raise UsedBefore(promotion.code or promotion.name)
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _lowest_free(promotion: Promotion) -> int:
    """The first number nobody has: 1, or one after a number that is taken."""
    later = aliased(Redemption)
    follows = select(later.id).where(
        later.promotion_id == promotion.id, later.freed_at.is_(None), later.slot == Redemption.slot + 1
    )
    has_first = select(Redemption.id).where(*_live(promotion), Redemption.slot == 1).exists()
    gap = select(func.min(Redemption.slot) + 1).where(*_live(promotion), ~follows.exists())
    if not db.session.scalar(select(has_first)):
        return 1
    return db.session.scalar(gap) or 1


def _live(promotion: Promotion) -> tuple[ColumnElement[bool], ...]:
    return Redemption.promotion_id == promotion.id, Redemption.freed_at.is_(None)
