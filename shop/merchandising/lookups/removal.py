"""Deletes what products are sorted by: nothing that hangs on it goes by accident."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from shop.catalog.models import Product
from shop.extensions import db
from shop.lib.clock import now
from shop.lib.errors import ShopError
from shop.lib.files.kinds import StoredPicture
from shop.lib.jobs.models import Job
from shop.lib.queries import rows
from shop.merchandising.deletion import delete_products
from shop.merchandising.lookups.errors import InUse, StillNamed
from shop.merchandising.lookups.hanging import Hanging, hanging_on
from shop.merchandising.lookups.nouns import BRAND, OCCASION, PICTURES, Noun, named_by, product_ids
from shop.merchandising.lookups.records import held
from shop.merchandising.relisting import relist

CHUNK = 500
MOVES = {BRAND.key: "brand_id", OCCASION.key: "occasion_id"}


@dataclass(frozen=True)
class Gone:
    """What went, and what hung on it; `stays` says that this did not go along.

    `files` are to be removed once this is committed; listings of the rest may follow by a job.
    """

    stats: Hanging
    files: list[StoredPicture] = field(default_factory=list)
    job: Job | None = None
    stays: bool = False


def remove(noun: Noun, row_id: int, *, cascade: bool = False) -> Gone:
    """Delete a row nothing hangs on; with `cascade` what hangs on it goes too.

    Products go with their brand, and stay without their occasion. Raises StillNamed, InUse, NotFound.
    """
    row = held(noun, row_id)
    hanging = hanging_on(noun.key, row_id)
    if hanging.is_anything and noun.must_stay:
        raise InUse(f"{row.name} is in use: {hanging}. Give them another {noun.title.lower()} first.")
    if hanging.is_anything and not cascade:
        raise StillNamed(row.name, hanging)
    job = _let_go(noun, row_id) if hanging.is_anything else None
    return Gone(hanging, mark_deleted(row), job, stays=noun is OCCASION)


def remove_after_moving(noun: Noun, row_id: int, to_id: int) -> Gone:
    """Give the products of a row another one, then delete it. Raises NotFound, ShopError for no other."""
    row, _other = hold_both(noun, row_id, to_id)
    hanging, ids = hanging_on(noun.key, row_id), product_ids(noun.key, row_id)
    give_another(named_by(noun.key, row_id), MOVES[noun.key], to_id)
    return Gone(hanging, mark_deleted(row), relist(ids), stays=True)


def hold_both(noun: Noun, row_id: int, to_id: int) -> tuple[Any, Any]:
    """A row and the one that takes its place, held in the order of their ids."""
    if row_id == to_id:
        raise ShopError(f"Choose another {noun.title.lower()}.", field="to")
    both = {id_: held(noun, id_) for id_ in sorted((row_id, to_id))}
    return both[row_id], both[to_id]


def give_another(named: Any, column: str, to_id: int | None) -> None:
    """Set what products of a condition name, deleted ones left alone."""
    wanted = select(Product).where(named).order_by(Product.id).limit(CHUNK)
    held_now = wanted.with_for_update(of=Product, key_share=True).execution_options(populate_existing=True)
    while found := rows(held_now):
        for product in found:
            setattr(product, column, to_id)
        db.session.flush()


def mark_deleted(row: Any) -> list[StoredPicture]:
    """Delete a row and name its pictures, which nothing shows any more."""
    pictures = [name for name in sorted(PICTURES) if getattr(row, name, None) is not None]
    files = [getattr(row, name) for name in pictures]
    for name in pictures:
        setattr(row, name, None)
    row.deleted_at = now()
    db.session.flush()
    return files


def _let_go(noun: Noun, row_id: int) -> Job | None:
    named = named_by(noun.key, row_id)
    if noun is not OCCASION:
        delete_products(named)
        return None
    ids = product_ids(noun.key, row_id)
    give_another(named, MOVES[noun.key], None)
    return relist(ids)
