"""Sets up the ways to send an order, and what the owner changes about them (ORD-09)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from shop.delivery.models import DeliveryMethod
from shop.delivery.queries import all_methods
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import NotFound, ShopError
from shop.lib.money import ZERO, Money
from shop.lib.queries import rows
from shop.store.countries import country
from shop.store.postal_areas import is_area

LONGEST_WAY = 60
"""Working days that no delivery takes longer than."""


@dataclass(frozen=True)
class MethodFields:
    """What the owner says of a method: amounts in the store's currency, working days, and where it goes."""

    name: str
    base_charge: Money
    min_days: int
    max_days: int
    description: str = ""
    charge_per_kg: Money = ZERO
    free_from: Money | None = None
    states: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


def create_method(fields: MethodFields) -> DeliveryMethod:
    """Offer one more way, after all others. Raises ShopError for what makes no sense."""
    position = 1 + (db.session.scalar(select(func.max(DeliveryMethod.position))) or 0)
    method = DeliveryMethod(code=secrets.token_hex(6), position=position)
    _write(method, fields)
    db.session.add(method)
    db.session.flush()
    return method


def change_method(method_id: int, fields: MethodFields) -> DeliveryMethod:
    """Write what is said of a method; orders keep what they were told. Raises NotFound, or ShopError as above."""
    method = method_at(method_id)
    _write(method, fields)
    db.session.flush()
    return method


def retire_method(method_id: int) -> None:
    """Offer it no more; orders keep it."""
    method = method_at(method_id)
    method.retired_at = method.retired_at or now()


def put_back(method_id: int) -> None:
    """Offer a retired one again."""
    method_at(method_id).retired_at = None


def delete_method(method_id: int) -> bool:
    """Delete a method that nothing names; one that an order or a checkout names is retired. Whether it is gone.

    The foreign keys decide, so an order of this moment keeps its method.
    """
    method = method_at(method_id)
    try:
        with db.session.begin_nested():
            db.session.delete(method)
    except IntegrityError:
        retire_method(method_id)
        return False
    return True


def move_method(method_id: int, places: int) -> None:
    """Show it so many places later, or earlier for a number below 0; at either end it stays."""
    ids = [method.id for method in _held()]
    if method_id not in ids:
        raise NotFound
    place_method(method_id, ids.index(method_id) + 1 + places)


def place_method(method_id: int, place: int) -> None:
    """Show it at this place, counted from 1. Two who do so at once queue at the rows."""
    here = method_at(method_id)
    others = [method for method in _held() if method.id != method_id]
    others.insert(max(0, place - 1), here)
    for position, method in enumerate(others, start=1):
        method.position = position
    db.session.flush()


def method_at(method_id: int) -> DeliveryMethod:
    """A method, held until the end of the unit. Raises NotFound."""
    method = db.session.get(DeliveryMethod, method_id, with_for_update=True)
    if method is None:
        raise NotFound
    return method


def _held() -> list[DeliveryMethod]:
    """All methods in their order, locked in id order."""
    rows(select(DeliveryMethod).order_by(DeliveryMethod.id).with_for_update())
    return rows(all_methods().execution_options(populate_existing=True))


def _write(method: DeliveryMethod, fields: MethodFields) -> None:
    if not fields.min_days <= fields.max_days <= LONGEST_WAY:
        raise ShopError(f"Enter days from 0 to {LONGEST_WAY}, the shorter first.", field="max_days")
    if unknown := set(fields.states) - set(country().states):
        raise ShopError(f"{min(unknown)} is no {country().state_word.lower()} of {country().name}.", field="states")
    if wrong := next((area for area in fields.postal_codes if not is_area(area)), None):
        raise ShopError(f"{wrong} is no {country().postal.name.lower()} and no range of them.", field="postal_codes")
    for name in MethodFields.__dataclass_fields__:
        value = getattr(fields, name)
        setattr(method, name, list(value) if isinstance(value, tuple) else value)


def ensure_methods() -> None:
    """Standard and express, where there is no method yet."""
    if db.session.scalar(select(func.count(DeliveryMethod.id))):
        return
    standard = DeliveryMethod(
        code="standard",
        name="Standard delivery",
        base_charge=Money(7900),
        charge_per_kg=ZERO,
        free_from=Money(149900),
        min_days=4,
        max_days=6,
        position=1,
    )
    express = DeliveryMethod(
        code="express",
        name="Express delivery",
        base_charge=Money(19900),
        charge_per_kg=Money(4000),
        min_days=1,
        max_days=2,
        position=2,
    )
    db.session.add_all((standard, express))
