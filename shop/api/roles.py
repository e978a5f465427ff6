"""Roles (ACC-12), for those who may change them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from shop.accounts.guards import confirmed
from shop.accounts.models import Role as RoleRow
from shop.accounts.permissions import Permission
from shop.accounts.queries import roles as role_queries
from shop.accounts.services import role_changes
from shop.accounts.services.role_changes import RoleFields
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.fields import Deleted, Paging
from shop.api.schemas.roles import NewRole, Role, RoleChange, shown
from shop.lib.queries import one_or_404, slice_of

bp = ApiBlueprint("roles", "roles", "What people may do")
owner = needs(Permission.ROLE_UPDATE)


@bp.get("/")
@owner
@bp.query(Paging)
@bp.lists(Role)
def index(query: dict[str, Any]) -> Any:
    """All roles, the built-in ones first."""
    found = slice_of(role_queries.roles(), query["skip"], query["limit"])
    allowed = role_queries.permissions_by_role()
    return [shown(role, allowed[role.id]) for role in found.items], total_of(found.total)


@bp.post("/")
@owner
@confirmed
@bp.body(NewRole)
@bp.response(201, Role)
def create(values: dict[str, Any]) -> dict[str, Any]:
    """Make a role.

    409 where one has the name; 403 for permissions that whoever asks does not have.
    """
    role = role_changes.create_role(_fields(values), visitor().permissions)
    return shown(role, frozenset(values["permissions"]))


@bp.get("/<key:role_id>")
@owner
@bp.response(200, Role)
def show(role_id: int) -> dict[str, Any]:
    """One role."""
    role = one_or_404(_role(role_id))
    return shown(role, role_queries.permissions_by_role(role_id)[role_id])


@bp.put("/<key:role_id>")
@owner
@confirmed
@bp.body(RoleChange)
@bp.response(200, Role)
def update(change: dict[str, Any], role_id: int) -> dict[str, Any]:
    """Change a role; it holds at once for everybody who has it.

    409 where another role has the name, and for what a built-in role keeps; 403 beyond one's own permissions.
    """
    role = one_or_404(_role(role_id))
    if not change:
        raise NothingToChange
    allowed = role_queries.permissions_by_role(role_id)[role_id]
    now = {"label": role.label, "description": role.description, "permissions": allowed}
    role = role_changes.change_role(role_id, _fields(now | change), visitor().permissions)
    return shown(role, role_queries.permissions_by_role(role_id)[role_id])


@bp.delete("/<key:role_id>")
@owner
@confirmed
@bp.response(200, Deleted)
def remove(role_id: int) -> dict[str, bool]:
    """Delete a role.

    409 for one that is built in or that somebody has; the answer names them.
    """
    role_changes.delete_role(role_id)
    return {"deleted": True}


def _role(role_id: int) -> Select[RoleRow]:
    return select(RoleRow).where(RoleRow.id == role_id)


def _fields(values: dict[str, Any]) -> RoleFields:
    return RoleFields(values["label"], values["description"], frozenset(values["permissions"]))
