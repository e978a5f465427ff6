"""How changes of each table are undone: by the area's own service, or by the mapped row where it has no rules.

A table that is not here is not undone from the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shop.accounts.models import Address, Role, RolePermission, User, UserRole
from shop.accounts.role_queries import permissions_by_role
from shop.accounts.services import role_changes
from shop.accounts.services.role_changes import RoleFields
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.audit_log.values import Values
from shop.merchandising import services as merchandising
from shop.store.models import SettingValue, StoreProfile

May = frozenset[str]


@dataclass(frozen=True)
class Way:
    """How changes of a table are undone; what is None cannot be. `columns` names those that can, None means all."""

    model: Any
    put_back: Callable[[Any, Values, May], object] | None = None
    make: Callable[[Values, May], object] | None = None
    remove: Callable[[Any, May], object] | None = None
    columns: frozenset[str] | None = None


def _set(row: Any, values: Values, _may: May) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _delete(row: Any, _may: May) -> None:
    db.session.delete(row)


def _remake(model: Any) -> Callable[[Values, May], object]:
    return lambda values, _may: db.session.add(model(**values))


def _describe_role(role: Role, values: Values, may: May) -> None:
    fields = RoleFields(values.get("label", role.label), values.get("description", role.description), _allowed(role.id))
    role_changes.change_role(role.id, fields, may)


def _allow(role_id: int, permissions: frozenset[str], may: May) -> None:
    role = db.session.get_one(Role, role_id)
    role_changes.change_role(role_id, RoleFields(role.label, role.description, permissions), may)


def _allowed(role_id: int) -> frozenset[str]:
    return frozenset(permissions_by_role(role_id)[role_id])


def _ways(ways: Iterable[Way]) -> dict[str, Way]:
    return {way.model.__tablename__: way for way in ways}


WAYS = _ways((
    Way(Product, lambda row, values, _may: merchandising.put_back_product(row.id, values)),
    Way(
        Variant,
        lambda row, values, _may: merchandising.put_back_prices(row.id, values),
        columns=frozenset({"price", "sale_price"}),
    ),
    Way(User, _set, columns=frozenset({"first_name", "last_name"})),
    Way(Address, _set, _remake(Address), _delete),
    Way(SettingValue, _set, _remake(SettingValue), _delete),
    Way(
        StoreProfile,
        _set,
        columns=frozenset(StoreProfile.__table__.columns.keys())
        - {"id", "country", "currency", "locale", "time_zone", "created_at", "active_at"},
    ),
    Way(Role, _describe_role, _remake(Role), lambda row, _may: role_changes.delete_role(row.id),
        columns=frozenset({"name", "label", "description"})),
    Way(
        RolePermission,
        make=lambda values, may: _allow(values["role_id"], _allowed(values["role_id"]) | {values["permission"]}, may),
        remove=lambda row, may: _allow(row.role_id, _allowed(row.role_id) - {row.permission}, may),
    ),
    Way(
        UserRole,
        make=lambda values, may: role_changes.give(values["user_id"], values["role_id"], may),
        remove=lambda row, may: role_changes.take(row.user_id, row.role_id, may),
    ),
))  # fmt: skip
