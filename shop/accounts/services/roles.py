"""Makes the built-in roles and gives them to people."""

from __future__ import annotations

from sqlalchemy import select

from shop.accounts.models import Role, RolePermission, User, UserRole
from shop.accounts.permissions import BUILT_IN_ROLES, OWNER
from shop.accounts.services.passwords import check_password_rules, hash_password
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.queries import one_or_none


def ensure_roles() -> None:
    """Make each built-in role with its permissions where it is missing; edited roles keep their edits."""
    for name, (label, permissions) in BUILT_IN_ROLES.items():
        if one_or_none(select(Role).where(Role.name == name)):
            continue
        role = Role(name=name, label=label, built_in_at=now())
        db.session.add(role)
        db.session.flush()
        db.session.add_all(RolePermission(role_id=role.id, permission=permission) for permission in sorted(permissions))


def give_role(user: User, role_name: str) -> None:
    """Give a person a role; once is enough."""
    role_id = db.session.scalars(select(Role.id).where(Role.name == role_name)).one()
    if db.session.get(UserRole, (user.id, role_id)) is None:
        db.session.add(UserRole(user_id=user.id, role_id=role_id))


def ensure_owner(email: str, password: str) -> User:
    """The first owner, made where nobody has this e-mail yet. Raises WeakPassword."""
    user = one_or_none(select(User).where(User.email == email.strip().lower()))
    if user is None:
        check_password_rules(password)
        user = User(first_name="Owner", email=email.strip().lower(), password_hash=hash_password(password))
        user.email_verified_at = now()
        db.session.add(user)
        db.session.flush()
    give_role(user, OWNER)
    return user
