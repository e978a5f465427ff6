"""Reads of the team: everybody with a role that allows something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select

from shop.accounts.models import Role, RolePermission, User, UserRole, UserStatus
from shop.extensions import db

SORTS = {
    "name": (func.lower(User.first_name), func.lower(User.last_name)),
    "newest": (User.created_at.desc(),),
    "login": (User.last_login_at.desc().nulls_last(),),
}


@dataclass(frozen=True)
class TeamFilter:
    """What the team is narrowed to, and one of SORTS; `is_active` None means both."""

    text: str = ""
    is_active: bool | None = None
    sort: str = "name"


def team(wanted: TeamFilter = TeamFilter()) -> Select[User]:
    """The team, or who of it fits."""
    staff = select(UserRole.user_id).join(RolePermission, RolePermission.role_id == UserRole.role_id)
    found = select(User).where(User.id.in_(staff), *(_mentions(word) for word in wanted.text.split()))
    if wanted.is_active is not None:
        is_active = User.status == UserStatus.ACTIVE
        found = found.where(is_active if wanted.is_active else ~is_active)
    return found.order_by(*SORTS[wanted.sort], User.id)


def role_labels_of(user_ids: Collection[int]) -> dict[int, list[str]]:
    """What the roles of each of these people are called, in one statement."""
    found: dict[int, list[str]] = defaultdict(list)
    given = select(UserRole.user_id, Role.label).join(Role, Role.id == UserRole.role_id).order_by(Role.id)
    for user_id, label in db.session.execute(given.where(UserRole.user_id.in_(user_ids))):
        found[user_id].append(label)
    return found


def _mentions(word: str) -> ColumnElement[bool]:
    columns = (User.first_name, User.last_name, User.email, User.phone)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))
