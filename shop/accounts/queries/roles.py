"""Reads of roles: what each allows, and who has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Select, func, select

from shop.accounts.models import Role, RolePermission, User, UserRole, UserStatus
from shop.accounts.permissions import OWNER
from shop.extensions import db
from shop.lib.queries import rows


def roles() -> Select[Role]:
    """All roles, the built-in ones first."""
    return select(Role).order_by(Role.built_in_at.is_(None), Role.id)


def role(role_id: int) -> Select[Role]:
    """One role."""
    return select(Role).where(Role.id == role_id)


def roles_within(may: Collection[str]) -> list[Role]:
    """The roles that open something of the owner's door and no more than this, those that allow least first."""
    allowed = permissions_by_role()
    within = [role for role in rows(roles()) if allowed[role.id] and not allowed[role.id] - frozenset(may)]
    return sorted(within, key=lambda role: len(allowed[role.id]))


def roles_of(user_id: int) -> Select[Role]:
    """The roles a person has."""
    return roles().join(UserRole, UserRole.role_id == Role.id).where(UserRole.user_id == user_id)


def people_with(role_id: int) -> Select[User]:
    """Whoever has a role, by name."""
    holders = select(User).join(UserRole, UserRole.user_id == User.id).where(UserRole.role_id == role_id)
    return holders.order_by(func.lower(User.first_name), func.lower(User.last_name), User.id)


def permissions_by_role(*role_ids: int) -> dict[int, frozenset[str]]:
    """What each of these roles allows, or each of all roles."""
    wanted = select(RolePermission.role_id, RolePermission.permission)
    found: defaultdict[int, set[str]] = defaultdict(set)
    for role_id, permission in db.session.execute(
        wanted.where(RolePermission.role_id.in_(role_ids)) if role_ids else wanted
    ):
        found[role_id].add(permission)
    return defaultdict(frozenset, {role_id: frozenset(allowed) for role_id, allowed in found.items()})


def permissions_of_person(user_id: int) -> frozenset[str]:
    """What a person's roles allow together."""
    allowed = select(RolePermission.permission).join(UserRole, UserRole.role_id == RolePermission.role_id)
    return frozenset(db.session.scalars(allowed.where(UserRole.user_id == user_id)))


def people_by_role() -> dict[int, int]:
    """How many people have each role that somebody has."""
    counted = select(UserRole.role_id, func.count().label("people")).group_by(UserRole.role_id)
    return {row.role_id: row.people for row in db.session.execute(counted)}


def owners() -> Select[int]:
    """The ids of owners who can log in."""
    found = select(User.id).join(UserRole, UserRole.user_id == User.id).join(Role, Role.id == UserRole.role_id)
    return found.where(Role.name == OWNER, User.status == UserStatus.ACTIVE)


def other_owners(user_id: int) -> Select[int]:
    """The same without this person."""
    return owners().where(User.id != user_id)
