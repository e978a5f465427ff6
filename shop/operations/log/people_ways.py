"""How changes of people, their addresses and roles are undone."""

from __future__ import annotations

from sqlalchemy import select

from shop.accounts.errors import BeyondYou
from shop.accounts.models import Address, Role, RolePermission, User, UserRole
from shop.accounts.permissions import Permission
from shop.accounts.queries.roles import permissions_by_role, permissions_of_person
from shop.accounts.services import role_changes
from shop.accounts.services.role_changes import RoleFields
from shop.extensions import db
from shop.lib.audit_log.values import Values
from shop.lib.queries import one_or_404
from shop.operations.log.way import May, Way, set_values

PERSONS_OWN = frozenset({"first_name", "last_name", "gender", "date_of_birth"})


def _set_person(person: User, values: Values, may: May) -> None:
    _refuse_beyond(person.id, may)
    set_values(person, values, may)


def _set_address(address: Address, values: Values, may: May) -> None:
    _refuse_beyond(address.user_id, may)
    set_values(address, values, may)


def _make_address(values: Values, may: May) -> None:
    _refuse_beyond(values["user_id"], may)
    db.session.add(Address(**values))


def _remove_address(address: Address, may: May) -> None:
    _refuse_beyond(address.user_id, may)
    db.session.delete(address)


def _give_role(values: Values, may: May) -> None:
    _refuse_gone(values["user_id"])
    role_changes.give(values["user_id"], values["role_id"], may)


def _refuse_beyond(user_id: int, may: May) -> None:
    """Nobody touches the account of somebody who may more."""
    _refuse_gone(user_id)
    if permissions_of_person(user_id) - may:
        raise BeyondYou


def _refuse_gone(user_id: int) -> None:
    """Nothing is given back to who deleted their account."""
    one_or_404(select(User.id).where(User.id == user_id, User.erased_at.is_(None)))


def _describe_role(role: Role, values: Values, may: May) -> None:
    fields = RoleFields(values.get("label", role.label), values.get("description", role.description), _allowed(role.id))
    role_changes.change_role(role.id, fields, may)


def _make_role(values: Values, _may: May) -> None:
    db.session.add(Role(**values))


def _allow(role_id: int, permissions: frozenset[str], may: May) -> None:
    role = role_changes.lock_role(role_id)
    role_changes.change_role(role_id, RoleFields(role.label, role.description, permissions), may)


def _allowed(role_id: int) -> frozenset[str]:
    return permissions_by_role(role_id)[role_id]


WAYS = (
    Way(User, None, _set_person, columns=PERSONS_OWN),
    Way(Address, None, _set_address, _make_address, _remove_address),
    Way(
        Role,
        Permission.ROLE_UPDATE,
        _describe_role,
        _make_role,
        lambda row, _may: role_changes.delete_role(row.id),
        columns=frozenset({"name", "label", "description"}),
    ),
    Way(
        RolePermission,
        Permission.ROLE_UPDATE,
        make=lambda values, may: _allow(values["role_id"], _allowed(values["role_id"]) | {values["permission"]}, may),
        remove=lambda row, may: _allow(row.role_id, _allowed(row.role_id) - {row.permission}, may),
        hold=lambda key: role_changes.lock_role(key[0]),
    ),
    Way(
        UserRole,
        Permission.ROLE_UPDATE,
        make=_give_role,
        remove=lambda row, may: role_changes.take(row.user_id, row.role_id, may),
        hold=lambda key: role_changes.lock_role(key[1]),
    ),
)
