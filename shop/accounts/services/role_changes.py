"""The owner changes roles, and who has them (ACC-12).

Whoever changes a role, or who has it, takes the role's row first. `may` is what the one who asks may do: nobody gives
or takes more than that, so a role that manages others never grows beyond itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from shop.accounts import policy
from shop.accounts.errors import BeyondYou, LastOwner, RoleFixed, RoleInUse, RoleTaken
from shop.accounts.models import Role, RolePermission, User, UserRole
from shop.accounts.permissions import FIXED_ROLES, OWNER
from shop.accounts.queries.roles import other_owners, people_with, permissions_by_role
from shop.extensions import db
from shop.lib.errors import ShopError
from shop.lib.queries import count_of, one_or_404, rows

NAMED = 5
Permissions = frozenset[str]
T = TypeVar("T")


@dataclass(frozen=True)
class RoleFields:
    """What can be said of a role."""

    label: str
    description: str
    permissions: Permissions


def create_role(fields: RoleFields, may: Permissions) -> Role:
    """A new role. Raises RoleTaken or BeyondYou."""
    if fields.permissions - may:
        raise BeyondYou
    role = Role(name=_name_of(fields.label), label=fields.label, description=fields.description)
    db.session.add(role)
    _flush()
    _allow(role, fields.permissions)
    return role


def change_role(role_id: int, fields: RoleFields, may: Permissions) -> Role:
    """Give a role another name, description and set of permissions.

    Raises RoleFixed for what a built-in role keeps, RoleTaken, BeyondYou or NotFound.
    """
    role = lock_role(role_id)
    before = permissions_by_role(role_id)[role_id]
    _refuse_fixed(role, fields, before)
    if (fields.permissions ^ before) - may:
        raise BeyondYou
    role.description = fields.description
    if not role.built_in_at:
        role.name, role.label = _name_of(fields.label), fields.label
    _flush()
    _allow(role, fields.permissions)
    return role


def delete_role(role_id: int) -> None:
    """Take a role away that nobody has. Raises RoleFixed, RoleInUse or NotFound."""
    role = one_or_404(select(Role).where(Role.id == role_id).with_for_update())
    if role.built_in_at:
        raise RoleFixed("Built-in roles stay.")
    holders = people_with(role_id)
    if people := count_of(holders):
        raise RoleInUse([person.name for person in rows(holders.limit(NAMED))], people)
    _allow(role, frozenset())
    db.session.delete(role)
    db.session.flush()


def give(user_id: int, role_id: int, may: Permissions) -> None:
    """Give a person a role; once is enough. Raises BeyondYou or NotFound."""
    role = _within_reach(role_id, may)
    one_or_404(select(User.id).where(User.id == user_id))
    if db.session.get(UserRole, (user_id, role.id)) is None:
        db.session.add(UserRole(user_id=user_id, role_id=role.id))
        db.session.flush()


def take(user_id: int, role_id: int, may: Permissions) -> None:
    """Take a role from a person. Raises LastOwner, BeyondYou or NotFound."""
    role = _within_reach(role_id, may)
    given = one_or_404(select(UserRole).where(UserRole.user_id == user_id, UserRole.role_id == role.id))
    if role.name == OWNER:
        refuse_last_owner(user_id)
    db.session.delete(given)
    db.session.flush()


def refuse_last_owner(user_id: int) -> None:
    """Raise LastOwner where nobody else could log in as an owner once this person cannot.

    Takes the owner role's row: of two owners who send each other away at the same moment, the second waits here and
    then sees that the first is gone.
    """
    role_id = db.session.scalars(_lock(select(Role.id).where(Role.name == OWNER))).one()
    is_owner = select(UserRole.user_id).where(UserRole.user_id == user_id, UserRole.role_id == role_id)
    if db.session.scalar(is_owner) and db.session.scalar(other_owners(user_id).limit(1)) is None:
        raise LastOwner


def lock_role(role_id: int) -> Role:
    """Take a role's row, as everyone does who changes the role or who has it. Raises NotFound."""
    return one_or_404(_lock(select(Role).where(Role.id == role_id)))


def _lock(statement: Select[T]) -> Select[T]:
    """Hold the rows; those who only refer to them, like whoever registers, need not wait."""
    return statement.with_for_update(key_share=True)


def _within_reach(role_id: int, may: Permissions) -> Role:
    role = lock_role(role_id)
    if permissions_by_role(role_id)[role_id] - may:
        raise BeyondYou
    return role


def _refuse_fixed(role: Role, fields: RoleFields, before: Permissions) -> None:
    if role.built_in_at and fields.label != role.label:
        raise RoleFixed("Built-in roles keep their names.", field="label")
    if role.name in FIXED_ROLES and fields.permissions != before:
        raise RoleFixed(f"What the role {role.label} allows cannot be changed.", field="permissions")


def _allow(role: Role, permissions: Permissions) -> None:
    """Let a role allow exactly this; the version changes only where something does."""
    kept = {row.permission: row for row in rows(select(RolePermission).where(RolePermission.role_id == role.id))}
    for permission in sorted(kept.keys() - permissions):
        db.session.delete(kept[permission])
    added = sorted(permissions - kept.keys())
    db.session.add_all(RolePermission(role_id=role.id, permission=permission) for permission in added)
    if permissions != kept.keys():
        policy.renew()
    db.session.flush()


def _name_of(label: str) -> str:
    """Two labels that differ only in case, blanks and signs have one name, which is unique."""
    name = "-".join(re.findall(r"\w+", label.casefold()))[:40]
    if not name:
        raise ShopError("Use letters or digits for the name.", field="label")
    return name


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise RoleTaken from error
