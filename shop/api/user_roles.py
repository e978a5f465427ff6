"""Which roles a person has (ACC-12)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.accounts.guards import confirmed
from shop.accounts.models import User
from shop.accounts.permissions import Permission
from shop.accounts.queries import roles as role_queries
from shop.accounts.services import role_changes
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, needs, total_of
from shop.api.schemas.fields import Deleted
from shop.api.schemas.roles import GivenRole, Role, shown
from shop.lib.queries import one_or_404, rows

bp = ApiBlueprint("user_roles", "users", "What somebody may do")
ROLES = "/<key:user_id>/roles"


@bp.get(ROLES)
@needs(Permission.TEAM_READ)
@bp.lists(Role)
def index(user_id: int) -> Any:
    """A person's roles."""
    return _roles_of(user_id)


@bp.post(ROLES)
@needs(Permission.ROLE_UPDATE)
@confirmed
@bp.body(GivenRole)
@bp.lists(Role)
def give(values: dict[str, Any], user_id: int) -> Any:
    """Give a person a role; once is enough. Answers all they have now.

    403 for a role that allows more than whoever asks may do.
    """
    role_changes.give(user_id, values["role_id"], visitor().permissions)
    return _roles_of(user_id)


@bp.delete(f"{ROLES}/<key:role_id>")
@needs(Permission.ROLE_UPDATE)
@confirmed
@bp.response(200, Deleted)
def take(user_id: int, role_id: int) -> dict[str, bool]:
    """Take a role from a person.

    409 for the owner's role of the last owner; 403 for a role that allows more than whoever asks may do.
    """
    role_changes.take(user_id, role_id, visitor().permissions)
    return {"deleted": True}


def _roles_of(user_id: int) -> Any:
    one_or_404(select(User.id).where(User.id == user_id))
    found = rows(role_queries.roles_of(user_id))
    allowed = role_queries.permissions_by_role()
    return [shown(role, allowed[role.id]) for role in found], total_of(len(found))
