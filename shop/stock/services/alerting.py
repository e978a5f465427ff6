"""Tells the owner what runs low: every size once, until new goods come in (INV-04)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select, update

from shop.accounts.queries.roles import owners
from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.changes import rows_changed
from shop.lib.events import emit
from shop.stock.events import LowStockFound
from shop.stock.models import StockAlert, StockLevel
from shop.stock.queries.desk import IS_LOW
from shop.store.settings import STOCK_ALERTS_TO, value_of

STORE = 0
MOST, CHUNK = 20_000, 500


def tell_of_low_stock() -> StockAlert | None:
    """Owe one mail over all that ran low and was not told of, to each who gets it; None where there is nothing to tell.

    Called every few minutes, so sizes that run low together share a mail. Whether a size is new is decided by the
    UPDATE that names the alert: of two that run at once, one finds it.
    """
    recipients = _recipients()
    found = db.session.scalars(_untold()).all() if recipients else ()
    if not found:
        return None
    alert = StockAlert()
    db.session.add(alert)
    db.session.flush()
    if not _claim(found, alert.id):
        db.session.delete(alert)
        return None
    for user_id in recipients:
        emit(LowStockFound(alert.id, user_id))
    return alert


def _recipients() -> Sequence[int]:
    choice = value_of(STOCK_ALERTS_TO)
    if choice == "owners":
        return db.session.scalars(owners()).all()
    return [STORE] if choice == "store" else []


def _untold() -> Select[int]:
    """Sizes on the shelf, in the order in which everybody takes them."""
    low = select(StockLevel.variant_id).join(Variant, Variant.id == StockLevel.variant_id).join(Variant.product)
    on_shelf = (Variant.retired_at.is_(None), Product.deleted_at.is_(None), Product.published_at.is_not(None))
    return low.where(IS_LOW, StockLevel.alert_id.is_(None), *on_shelf).order_by(StockLevel.variant_id).limit(MOST)


def _claim(variant_ids: Sequence[int], alert_id: int) -> int:
    """Name the alert at those that nobody told of meanwhile; returns how many."""
    told = 0
    for start in range(0, len(variant_ids), CHUNK):
        levels = update(StockLevel).where(StockLevel.variant_id.in_(variant_ids[start : start + CHUNK]))
        levels = levels.where(StockLevel.alert_id.is_(None), IS_LOW).values(alert_id=alert_id)
        told += rows_changed(levels.execution_options(synchronize_session=False))
    return told
