"""Whether the books of the stock balance; `flask shop audit` asks."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from shop.extensions import db
from shop.stock.models import Hold, LedgerEntry, StockLevel


def broken_levels() -> list[str]:
    """Every variant whose level disagrees with its ledger or its live holds, as sentences; empty when all balance."""
    return [*_against_ledger(), *_against_holds()]


def _against_ledger() -> list[str]:
    entered = select(LedgerEntry.variant_id, func.sum(LedgerEntry.units).label("units"))
    found = db.session.execute(_different(entered.group_by(LedgerEntry.variant_id), StockLevel.on_hand)).all()
    return [f"variant {id}: {there} on hand, but its ledger says {units}" for id, there, units in found]


def _against_holds() -> list[str]:
    live = select(Hold.variant_id, func.sum(Hold.units).label("units")).where(Hold.ended_at.is_(None))
    found = db.session.execute(_different(live.group_by(Hold.variant_id), StockLevel.reserved)).all()
    return [f"variant {id}: {there} reserved, but its live holds sum to {units}" for id, there, units in found]


def _different(sums: Select, column: object) -> Select:
    """Variants whose column is not the sum, from both sides: a level without sum, and a sum without level."""
    summed = sums.subquery()
    expected = func.coalesce(summed.c.units, 0)
    there = func.coalesce(column, 0)  # type: ignore[arg-type]
    id = func.coalesce(StockLevel.variant_id, summed.c.variant_id)
    same = summed.c.variant_id == StockLevel.variant_id
    joined = select(id, there, expected).select_from(StockLevel).join(summed, same, full=True)
    return joined.where(there != expected).order_by(id)
