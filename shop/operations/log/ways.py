"""How changes of each table are undone: by the area's own service, or by the mapped row where it has no rules.

A table that is not here is not undone from the log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shop.accounts.errors import BeyondYou
from shop.accounts.models import Address, Role, RolePermission, User, UserRole
from shop.accounts.permissions import Permission
from shop.accounts.queries.roles import permissions_by_role, permissions_of_person
from shop.accounts.services import role_changes
from shop.accounts.services.role_changes import RoleFields
from shop.catalog.models import (
    Attribute,
    Category,
    Picture,
    Product,
    ProductRelation,
    SaleSchedule,
    Size,
    Synonym,
    Variant,
)
from shop.catalog.search import keeping
from shop.extensions import db
from shop.lib.audit_log.records import Key
from shop.lib.audit_log.values import Values
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.queries import one_or_404
from shop.merchandising import attributes
from shop.merchandising import services as merchandising
from shop.merchandising.categories.removal import remove_category
from shop.merchandising.categories.undoing import put_back_category
from shop.merchandising.lookups.nouns import BRAND, COLOUR, OCCASION, PRODUCT_TYPE, Noun
from shop.merchandising.lookups.removal import remove
from shop.merchandising.lookups.sizes import change_size, delete_size
from shop.merchandising.lookups.undoing import put_back
from shop.merchandising.pictures import services as pictures
from shop.merchandising.products import variants
from shop.merchandising.products.editing import put_back_product
from shop.merchandising.sales import services as sales
from shop.store.models import SettingValue, StoreProfile
from shop.store.setting_services import save_settings
from shop.store.settings import SETTINGS

May = frozenset[str]
PERSONS_OWN = frozenset({"first_name", "last_name", "gender", "date_of_birth"})
# What orders, taxes and files hang on is changed where its rules are kept.
WORDS_OF_STORE = frozenset(
    {"name", "legal_name", "email", "phone", "address_lines", "grievance_officer", "announcement"}
)


@dataclass(frozen=True)
class Way:
    """How changes of a table are undone; what is None cannot be.

    `needs` is what the table's own page asks for, None where only people themselves change it; `columns` names those
    that can be put back, None means all; `hold` takes what everyone takes before a row of the table.
    """

    model: Any
    needs: Permission | None = None
    put_back: Callable[[Any, Values, May], object] | None = None
    make: Callable[[Values, May], object] | None = None
    remove: Callable[[Any, May], object] | None = None
    columns: frozenset[str] | None = None
    hold: Callable[[Key], object] | None = None


def _set(row: Any, values: Values, _may: May) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _set_person(person: User, values: Values, may: May) -> None:
    _refuse_beyond(person.id, may)
    _set(person, values, may)


def _set_address(address: Address, values: Values, may: May) -> None:
    _refuse_beyond(address.user_id, may)
    _set(address, values, may)


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


def _keep_setting(key: str, value: object) -> None:
    if key not in SETTINGS:
        raise NotFound
    save_settings({key: value})


def _forget_setting(row: SettingValue, _may: May) -> None:
    _keep_setting(row.key, SETTINGS[row.key].default if row.key in SETTINGS else None)


def _say_again(row: Synonym, values: Values) -> None:
    line = keeping.line_of(values.get("words", row.words), values.get("means", row.means))
    keeping.change_synonym(row.id, line)


def _of_lookup(noun: Noun) -> Way:
    return Way(
        noun.model,
        Permission.CATALOG_MANAGE,
        lambda row, values, _may: put_back(noun, row, values),
        remove=lambda row, _may: remove(noun, row.id),
    )


def _ways(*ways: Way) -> dict[str, Way]:
    return {way.model.__tablename__: way for way in ways}


WAYS = _ways(
    Way(
        Product,
        Permission.PRODUCT_UPDATE,
        lambda row, values, _may: put_back_product(row.id, values),
    ),
    Way(
        Variant,
        Permission.PRODUCT_UPDATE,
        lambda row, values, _may: variants.put_back_variant(row.id, values),
        remove=lambda row, _may: variants.put_back_variant(row.id, {"retired_at": now()}),
        hold=lambda key: merchandising.lock_variant(*key),
    ),
    Way(
        SaleSchedule,
        Permission.PRODUCT_UPDATE,
        make=lambda values, _may: sales.schedule_again(values),
        remove=lambda row, _may: sales.cancel_sale(row),
        hold=lambda key: sales.hold(*key),
    ),
    *map(_of_lookup, (BRAND, OCCASION, PRODUCT_TYPE, COLOUR)),
    Way(
        Category,
        Permission.CATALOG_MANAGE,
        lambda row, values, _may: put_back_category(row, values),
        remove=lambda row, _may: remove_category(row.id),
    ),
    Way(
        Attribute,
        Permission.CATALOG_MANAGE,
        make=lambda values, _may: attributes.add_filter(values["name"]),
        remove=lambda row, _may: attributes.remove_filter(row.id),
    ),
    Way(
        Synonym,
        Permission.CATALOG_MANAGE,
        lambda row, values, _may: _say_again(row, values),
        lambda values, _may: db.session.add(Synonym(**values)),
        lambda row, _may: keeping.remove_synonym(row.id),
    ),
    Way(
        Picture,
        Permission.PRODUCT_UPDATE,
        lambda row, values, _may: pictures.put_back_values(row.id, values),
        remove=lambda row, _may: pictures.remove(row.id),
        columns=frozenset({"alt", "colour_id", "position", "deleted_at"}),
        hold=lambda key: pictures.lock_picture(*key, deleted=None),
    ),
    Way(
        ProductRelation,
        Permission.PRODUCT_UPDATE,
        _set,
        lambda values, _may: db.session.add(ProductRelation(**values)),
        lambda row, _may: db.session.delete(row),
        hold=lambda key: merchandising.lock_product(key[0]),
    ),
    Way(
        Size,
        Permission.CATALOG_MANAGE,
        lambda row, values, _may: change_size(row.id, values),
        lambda values, _may: db.session.add(Size(**values)),
        lambda row, _may: delete_size(row.id),
    ),
    Way(User, None, _set_person, columns=PERSONS_OWN),
    Way(Address, None, _set_address, _make_address, _remove_address),
    Way(
        SettingValue,
        Permission.SETTING_UPDATE,
        lambda row, values, _may: _keep_setting(row.key, values["value"]),
        lambda values, _may: _keep_setting(values["key"], values["value"]),
        _forget_setting,
    ),
    Way(
        StoreProfile,
        Permission.STORE_UPDATE,
        _set,
        columns=WORDS_OF_STORE,
    ),
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
