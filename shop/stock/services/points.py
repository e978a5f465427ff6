"""Reorder points: at which number for sale a variant counts as low."""

from __future__ import annotations

from shop.extensions import db
from shop.lib.actor import Actor
from shop.stock.errors import PointSetMeanwhile
from shop.stock.models import LedgerReason
from shop.stock.services.adjusting import lock_level
from shop.stock.services.levels import change, enter


def set_reorder_point(variant_id: int, reorder_point: int, actor: Actor, *, seen: int | None = None) -> None:
    """Say at which number for sale a variant counts as low; the ledger tells who did, with no units.

    Raises PointSetMeanwhile when the number is not what was `seen`, NotFound.
    """
    level = lock_level(variant_id)
    if seen not in (None, level.reorder_point):
        raise PointSetMeanwhile(level.reorder_point)
    if (before := level.reorder_point) == reorder_point:
        return
    alert_id = level.alert_id if level.for_sale <= reorder_point else None
    change(variant_id, reorder_point=reorder_point, alert_id=alert_id)
    enter(variant_id, 0, LedgerReason.MANUAL, actor, note=f"Reorder point from {before} to {reorder_point}")
    db.session.flush()
