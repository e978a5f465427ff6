"""What belongs to the history of one thing: its own changes, and those of what is part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from shop.accounts.models import Role, RolePermission, User
from shop.accounts.permissions import Permission
from shop.catalog.models import Picture, Product, ProductRelation, SaleSchedule, Variant
from shop.extensions import db
from shop.lib.audit_log.records import record_of
from shop.lib.models import AuditEntry
from shop.merchandising.lookups.nouns import NOUNS, Noun
from shop.operations.log.queries import ChangeFilter


@dataclass(frozen=True)
class History:
    """What a thing is called, None once it is gone, and which changes are its own."""

    title: str | None
    changes: ChangeFilter


def history_of(kind: str, number: int) -> History | None:
    """The history of a product with what is part of it, of a role with what it allows, or of a person."""
    of = KINDS.get(kind)
    return of(number) if of else None


def _of_product(number: int) -> History:
    variants = select(Variant.id).where(Variant.product_id == number)
    # Of what does not go with it any more the log alone knows.
    paired = AuditEntry.record_id.startswith(f"{number},")
    relations = select(AuditEntry.record_id).where(AuditEntry.table_name == ProductRelation.__tablename__, paired)
    parts = {
        "variant": variants,
        "picture": select(Picture.id).where(Picture.product_id == number),
        "sale_schedule": select(SaleSchedule.id).where(SaleSchedule.variant_id.in_(variants)),
        ProductRelation.__tablename__: relations.distinct(),
    }
    places = {table: [*map(str, db.session.scalars(ids))] for table, ids in parts.items()} | {"product": [str(number)]}
    return History(db.session.scalar(select(Product.name).where(Product.id == number)), ChangeFilter(places=places))


def _of_role(number: int) -> History:
    allowed = [record_of((number, permission)) for permission in Permission]
    places = {Role.__tablename__: [str(number)], RolePermission.__tablename__: allowed}
    return History(db.session.scalar(select(Role.label).where(Role.id == number)), ChangeFilter(places=places))


def _of_lookup(noun: Noun) -> Callable[[int], History]:
    def of(number: int) -> History:
        name = db.session.scalar(select(noun.model.name).where(noun.model.id == number))
        return History(name, ChangeFilter(places={noun.key: [str(number)]}))

    return of


def _of_person(number: int) -> History:
    person = db.session.get(User, number)
    return History(person.name if person else None, ChangeFilter(person_id=number))


KINDS: dict[str, Callable[[int], History]] = {
    "product": _of_product,
    "role": _of_role,
    "person": _of_person,
    **{noun.key: _of_lookup(noun) for noun in NOUNS.values()},
}
