"""Stock takes, and what each would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from shop.catalog.models import Colour, Product, Size, Variant
from shop.extensions import db
from shop.lib.queries import one_or_404
from shop.stock.models import StockLevel, StockTake, StockTakeLine

DIFFERENCE = StockTakeLine.counted - StockTakeLine.seen


@dataclass(frozen=True)
class TakeFigures:
    """What a stock take comes to: how many sizes were counted, how many differ, pieces found and missing."""

    counted: int
    differing: int
    found: int
    missing: int
    refused: int


def takes() -> Select[StockTake]:
    """All stock takes, newest first."""
    return select(StockTake).order_by(StockTake.id.desc())


def take(take_id: int) -> StockTake:
    """One stock take. Raises NotFound."""
    return one_or_404(select(StockTake).where(StockTake.id == take_id))


def figures_of(take_id: int) -> TakeFigures:
    """What a stock take comes to."""
    columns = (
        func.count(),
        func.count().filter(DIFFERENCE != 0),
        func.coalesce(func.sum(DIFFERENCE).filter(DIFFERENCE > 0), 0),
        func.coalesce(func.sum(-DIFFERENCE).filter(DIFFERENCE < 0), 0),
        func.count(StockTakeLine.refused),
    )
    row = db.session.execute(select(*columns).where(StockTakeLine.take_id == take_id)).one()
    return TakeFigures(*(int(value) for value in row))


def differences(take_id: int) -> Select[*tuple[Any, ...]]:
    """What was counted otherwise than the books said, refused lines first."""
    columns = (
        Variant.id.label("variant_id"), Variant.sku, Product.name.label("product"), Colour.name.label("colour"),
        Size.label.label("size"), StockTakeLine.seen, StockTakeLine.counted, DIFFERENCE.label("difference"),
        StockLevel.on_hand, StockTakeLine.refused,
    )  # fmt: skip
    lines = select(*columns).select_from(StockTakeLine).join(Variant, Variant.id == StockTakeLine.variant_id)
    named = lines.join(Variant.product).join(Variant.colour).join(Variant.size)
    levels = named.outerjoin(StockLevel, StockLevel.variant_id == Variant.id)
    differing = levels.where(StockTakeLine.take_id == take_id, DIFFERENCE != 0)
    return differing.order_by(StockTakeLine.refused.is_(None), Product.name, Variant.id)
