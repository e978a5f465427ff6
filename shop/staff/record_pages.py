"""Where the row of a change is shown to the visitor, if it has a page that they may open."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for
from sqlalchemy import select

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib.audit_log.records import Key, key_of
from shop.operations.log.queries import logged_tables
from shop.operations.log.reading import ReadChange


def page_of_record(change: ReadChange) -> str | None:
    """The page of the row that changed, else that of the person it belongs to."""
    entry, table = change.entry, logged_tables().get(change.entry.table_name)
    known = PAGES.get(entry.table_name)
    if known and table is not None and visitor().can(known[0]) and entry.action != "delete":
        return known[1](key_of(table, entry.record_id))
    return page_of_person(entry.person_id)


def page_of_person(user_id: int | None) -> str | None:
    """The page of somebody with an account."""
    may = visitor().can(Permission.CUSTOMER_READ)
    return url_for("staff_customers.show", user_id=user_id) if user_id and may else None


def _product(product_id: int | None) -> str | None:
    return url_for("staff_products.show", product_id=product_id) if product_id else None


def _product_of_variant(key: Key) -> str | None:
    return _product(db.session.scalar(select(Variant.product_id).where(Variant.id == key[0])))


def _role(key: Key) -> str:
    return url_for("staff_roles.show", role_id=key[0])


PAGES: dict[str, tuple[Permission, Callable[[Key], str | None]]] = {
    "product": (Permission.PRODUCT_READ, lambda key: _product(key[0])),
    "variant": (Permission.PRODUCT_READ, _product_of_variant),
    "role": (Permission.ROLE_UPDATE, _role),
    "role_permission": (Permission.ROLE_UPDATE, _role),
    "store_profile": (Permission.STORE_UPDATE, lambda key: url_for("staff_store.edit", profile_id=key[0])),
    "setting_value": (Permission.SETTING_UPDATE, lambda _key: url_for("staff_settings.show")),
}
