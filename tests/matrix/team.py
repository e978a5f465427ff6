"""Roles and people of the team for the matrix, none of whom may more than whoever is asked to change them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.accounts.models import Role, User, UserStatus
from shop.accounts.permissions import Permission
from shop.accounts.services import role_changes, sessions
from shop.accounts.services.role_changes import RoleFields
from shop.extensions import db
from shop.lib.models import AuditEntry
from tests.accounts.authenticator import with_app
from tests.factories import a_user

TEAMMATE = "teammate@example.com"


def team() -> dict[str, Any]:
    """Roles nobody has, roles somebody has, and those people."""
    free, held = _role("Free", Permission.ROLE_UPDATE), _role("Held", Permission.ROLE_UPDATE)
    joining, joined = _role("Joining", Permission.TEAM_UPDATE), _role("Joined", Permission.TEAM_UPDATE)
    holder, member = _holder(held, "holder@example.com"), _holder(joined, "member@example.com")
    closed = _holder(joined, "closed@example.com")
    closed.status = UserStatus.INACTIVE
    coded = _holder(_role("Coded", Permission.TWO_FACTOR_RESET), "coded@example.com")
    with_app(coded)
    mate = a_user(TEAMMATE)
    sessions.start_session(mate.id, "127.0.0.1", "tests")
    roles = {"free role": free.id, "held role": held.id, "joining role": joining.id, "joining": str(joining.id)}
    people = {
        "holder": holder.id,
        "member": member.id,
        "closed member": closed.id,
        "logged in": mate.id,
        "coded member": coded.id,
    }
    return roles | people | {"change": _change(mate), "logged table": User.__tablename__}


def _change(person: User) -> int:
    """A change that the audit log can undo."""
    person.first_name = "Asha-Devi"
    db.session.flush()
    return db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1)).one()


def _role(label: str, *permissions: Permission) -> Role:
    return role_changes.create_role(RoleFields(label, "", frozenset(permissions)), frozenset(Permission))


def _holder(role: Role, email: str) -> User:
    user = a_user(email)
    role_changes.give(user.id, role.id, frozenset(Permission))
    return user
