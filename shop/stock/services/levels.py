"""The steps every change of stock is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, null, select, update

from shop.catalog import listing
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib import stamp
from shop.lib.actor import Actor
from shop.stock.models import LedgerEntry, LedgerReason, StockLevel
from shop.store.settings import FEW_LEFT, value_of

FREE = StockLevel.on_hand - StockLevel.reserved
CHUNK = 500


def change(variant_id: int, condition: ColumnElement[bool] | None = None, **values: Any) -> int | None:
    """Change a level while the condition holds; the units then for sale, or None when it does not hold."""
    changed = update(StockLevel).where(StockLevel.variant_id == variant_id).values(**values).returning(FREE)
    if condition is not None:
        changed = changed.where(condition)
    left: int | None = db.session.execute(changed.execution_options(synchronize_session=False)).scalar_one_or_none()
    if known := db.session.identity_map.get(db.session.identity_key(StockLevel, variant_id)):
        db.session.expire(known)
    return left


def armed_again(units: int) -> ColumnElement[Any]:
    """The alert of a level that goes up by some units: forgotten where it is not low any more, so the next one tells.

    Only goods that come in arm it. Units an order gives back do not: unpaid orders come and go all day.
    """
    return case((FREE + units > StockLevel.reorder_point, null()), else_=StockLevel.alert_id)


def enter(variant_id: int, units: int, reason: LedgerReason, actor: Actor, **more: Any) -> None:
    """Write the row of the ledger that goes with a change."""
    db.session.add(LedgerEntry(variant_id=variant_id, units=units, reason=reason, actor=actor.name, **more))


def show(before: int, left: int) -> None:
    """Make kept pages old when they say another number of what is left; many are all alike."""
    few = value_of(FEW_LEFT)
    if min(before, few) != min(left, few):
        stamp.touch()


def tell(in_stock: Mapping[int, bool]) -> None:
    """Tell the listing, product by product and after all levels: two orders that cross would wait for each other."""
    variant_ids: Sequence[int] = list(in_stock)
    if len(variant_ids) > 1:
        by_product = select(Variant.id).where(Variant.id.in_(variant_ids)).order_by(Variant.product_id, Variant.id)
        variant_ids = db.session.scalars(by_product).all()
    for variant_id in variant_ids:
        listing.set_in_stock(variant_id, in_stock[variant_id])


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Long lists in parts that a statement takes."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
