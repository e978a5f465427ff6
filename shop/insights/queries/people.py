"""Customers with what they ordered and spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select

from shop.accounts.models import RolePermission, User, UserRole
from shop.extensions import db
from shop.insights.queries.sales import counts_as_revenue
from shop.lib.money import ZERO, Money
from shop.orders.models import Order

SORTS = ("newest", "name", "orders", "spent")


@dataclass(frozen=True)
class Custom:
    """What a person ordered: cancelled and returned orders count as orders, not as spend."""

    orders: int = 0
    spent: Money = ZERO
    last_at: datetime | None = None


def customers_matching(text: str, sort: str) -> Select[User]:
    """People with an account and no part in running the shop, in one of SORTS."""
    staff = select(UserRole.user_id).join(RolePermission, RolePermission.role_id == UserRole.role_id)
    people = select(User).where(User.id.not_in(staff), *(_mentions(word) for word in text.split()))
    if sort in ("orders", "spent"):
        figures = _figures()
        people = people.outerjoin(figures, figures.c.user_id == User.id)
        return people.order_by(func.coalesce(figures.c[sort], 0).desc(), User.id.desc())
    if sort == "name":
        return people.order_by(func.lower(User.first_name), func.lower(User.last_name), User.id)
    return people.order_by(User.created_at.desc(), User.id.desc())


def custom_of(user_ids: Iterable[int]) -> dict[int, Custom]:
    """What each of these people ordered, in one statement."""
    ids = sorted(user_ids)
    figures = _figures(Order.user_id.in_(ids))
    found: dict[int, Custom] = {row.user_id: _custom(row) for row in db.session.execute(select(figures))}
    return {user_id: found.get(user_id, Custom()) for user_id in ids}


def _figures(*conditions: ColumnElement[bool]) -> Subquery:
    spent = func.coalesce(func.sum(Order.total).filter(counts_as_revenue()), 0)
    columns = (func.count().label("orders"), spent.label("spent"), func.max(Order.placed_at).label("last_at"))
    of_people = select(Order.user_id, *columns).where(Order.user_id.is_not(None), *conditions)
    return of_people.group_by(Order.user_id).subquery()


def _custom(row: Any) -> Custom:
    spent = row.spent if isinstance(row.spent, Money) else Money(int(row.spent))
    return Custom(row.orders, spent, row.last_at)


def _mentions(word: str) -> ColumnElement[bool]:
    columns = (User.first_name, User.last_name, User.email, User.phone)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))
