"""The team (ACC-13): who works at the owner's pages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.accounts.guards import confirmed
from shop.accounts.models import Role, User
from shop.accounts.permissions import OWNER, STAFF, Permission
from shop.accounts.queries import team as team_queries
from shop.accounts.queries.team import TeamFilter
from shop.accounts.services import team
from shop.accounts.services.credentials import new_hash
from shop.accounts.services.passwords import generated_password
from shop.accounts.services.people import Person
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.fields import Deleted
from shop.api.schemas.team import (
    AddedMember,
    MadePassword,
    Member,
    MemberChange,
    NewAdmin,
    NewMember,
    NewPassword,
    TeamQuery,
)
from shop.api.schemas.users import User as Shown
from shop.extensions import db
from shop.lib.queries import one_or_404, slice_of
from shop.lib.unit_of_work import steps, unit_of_work

bp = ApiBlueprint("team", "team", "Who works at the owner's pages")
admins = ApiBlueprint("admins", "users", "Who works at the owner's pages")
reads, updates = needs(Permission.TEAM_READ), needs(Permission.TEAM_UPDATE)
REACHED = ("first_name", "last_name", "email", "phone")


@admins.post("/create-admin")
@updates
@confirmed
@admins.body(NewAdmin)
@admins.response(201, Member)
@steps
def create_admin(values: dict[str, Any]) -> dict[str, Any]:
    """Add an owner, or somebody with another role.

    409 where the e-mail or phone has an account; 403 for a role that allows more than whoever asks may do.
    """
    return _added(values, OWNER)


@bp.get("/")
@reads
@bp.query(TeamQuery)
@bp.lists(Member)
def index(query: dict[str, Any]) -> Any:
    """Everybody with a role that allows something."""
    wanted = TeamFilter(query["q"], query["is_active"], query["sort"])
    found = slice_of(team_queries.team(wanted), query["skip"], query["limit"])
    return _shown(found.items), total_of(found.total)


@bp.post("/")
@updates
@confirmed
@bp.body(NewMember)
@bp.response(201, AddedMember)
@steps
def create(values: dict[str, Any]) -> dict[str, Any]:
    """Add somebody; a password that was made for them stands in this answer and nowhere else.

    409 where the e-mail or phone has an account; 403 for a role that allows more than whoever asks may do.
    """
    made = {} if values["password"] else {"password": generated_password()}
    return _added(values | made, STAFF) | made


@bp.get("/<key:user_id>")
@reads
@bp.response(200, Member)
def show(user_id: int) -> dict[str, Any]:
    """Somebody of the team."""
    return _member(user_id)


@bp.put("/<key:user_id>")
@updates
@confirmed
@bp.body(MemberChange)
@bp.response(200, Member)
@steps
def update(change: dict[str, Any], user_id: int) -> dict[str, Any]:
    """Change a member, deactivate or activate them; who is deactivated is logged out everywhere at once.

    409 for oneself and for the last owner; 403 for somebody who may more than whoever asks.
    """
    with unit_of_work():
        member = _member(user_id)
        if not change:
            raise NothingToChange
        if change.keys() & set(REACHED):
            values = member | {name: value or "" for name, value in change.items() if name in REACHED}
            person = Person(values["first_name"], values["last_name"], values["email"] or None, values["phone"] or None)
            team.change_member(user_id, person, _me(), visitor().permissions)
        _switch(user_id, change.get("is_active"))
        return _member(user_id)


@bp.delete("/<key:user_id>")
@updates
@confirmed
@bp.response(200, Deleted)
def remove(user_id: int) -> dict[str, bool]:
    """Take all roles from a member and deactivate them. What they did stays under their name.

    409 for oneself and for the last owner; 403 for somebody who may more than whoever asks.
    """
    team.dismiss(user_id, _me(), visitor().permissions)
    return {"deleted": True}


@bp.post("/<key:user_id>/password")
@updates
@confirmed
@bp.body(NewPassword, required=False)
@bp.response(200, MadePassword)
@steps
def set_password(values: dict[str, Any], user_id: int) -> dict[str, str]:
    """Give a member a new password; every device of theirs is logged out.

    409 for oneself; 403 for somebody who may more than whoever asks.
    """
    password = values["password"] or generated_password()
    password_hash = new_hash(password)
    with unit_of_work():
        team.set_password(user_id, password_hash, _me(), visitor().permissions)
    return {"password": password}


def _added(values: dict[str, Any], role_name: str) -> dict[str, Any]:
    """Hashing is slow, so it stands outside the unit."""
    password_hash = new_hash(values["password"])
    with unit_of_work():
        role_id = values["role_id"] or db.session.scalars(select(Role.id).where(Role.name == role_name)).one()
        added = team.add_member(values["person"], password_hash, role_id, visitor().permissions)
        return _member(added.id)


def _switch(user_id: int, is_active: bool | None) -> None:
    if is_active is True:
        team.activate(user_id, visitor().permissions)
    elif is_active is False:
        team.deactivate(user_id, _me(), visitor().permissions)


def _member(user_id: int) -> dict[str, Any]:
    return _shown([one_or_404(team_queries.team().where(User.id == user_id))])[0]


def _shown(members: list[User]) -> list[dict[str, Any]]:
    """What is shown of members, read while their unit is open."""
    roles = team_queries.role_labels_of([member.id for member in members])
    return [
        {name: getattr(member, name) for name in (*Shown().fields, "is_active")} | {"roles": roles[member.id]}
        for member in members
    ]


def _me() -> int:
    return visitor().user_id or 0
