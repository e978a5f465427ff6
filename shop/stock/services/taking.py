"""Stock takes: what was counted on the shelves, compared with the books, applied in one go.

A line is applied as the difference between what was counted and what the books said at the upload, so that what orders
moved in between stays moved. Where somebody else corrected the variant in between, the difference may be in the books
already: such a line is refused, and so is one that would leave less than orders hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from shop.catalog.models import Product, Variant
from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.changes import rows_changed
from shop.lib.clock import now
from shop.lib.errors import NotFound, ShopError
from shop.lib.queries import rows
from shop.stock.errors import TakeClosed
from shop.stock.models import LedgerEntry, StockLevel, StockTake, StockTakeLine
from shop.stock.services.adjusting import lock_levels, recount
from shop.stock.services.levels import chunks, tell

CORRECTED_MEANWHILE = "Somebody corrected it after the upload."


@dataclass(frozen=True)
class Counted:
    """One row of a file: where it stands, which SKU, how many; `wrong` says what is wrong with it."""

    row: int
    sku: str
    units: int = 0
    wrong: str = ""


def begin_take(name: str, counted: Sequence[Counted], actor: Actor) -> StockTake:
    """Keep what was counted beside what the books say now; rows that mean nothing are kept as problems."""
    known = {sku: values for sku, *values in _books(row.sku for row in counted if not row.wrong)}
    times = Counter(row.sku for row in counted)
    problems = [
        {"row": row.row, "sku": row.sku[:60], "wrong": wrong}
        for row in counted
        if (wrong := row.wrong or _trouble(row.sku, known, times))
    ]
    take = StockTake(name=name, actor=actor.name, problems=problems)
    db.session.add(take)
    db.session.flush()
    good = [row for row in counted if not row.wrong and not _trouble(row.sku, known, times)]
    lines = [_line(take.id, row.units, *known[row.sku]) for row in good]
    if lines:
        db.session.execute(insert(StockTakeLine), lines)
    return take


def apply_take(take_id: int, actor: Actor) -> StockTake:
    """Correct the stock by every difference, once; lines that are refused say why. Raises NotFound, TakeClosed."""
    take = _claim(take_id)
    lines = _differing(take.id)
    levels = lock_levels([line.variant_id for line in lines])
    corrected = _corrected(list(levels))
    told: dict[int, bool] = {}
    for line in lines:
        if corrected.get(line.variant_id, 0) != line.corrected:
            line.refused = CORRECTED_MEANWHILE
            continue
        try:
            units, note = line.counted - line.seen, f"Stock take “{take.name}”"
            told |= recount(levels[line.variant_id], units, actor, note)
        except ShopError as error:
            line.refused = str(error)[:120]
    db.session.flush()
    tell(told)
    return take


def drop_take(take_id: int) -> None:
    """Forget a stock take that was not applied. Raises NotFound, TakeClosed."""
    db.session.delete(_claim(take_id))


def _claim(take_id: int) -> StockTake:
    """Mark it as applied: of two who come at once, one does."""
    mine = update(StockTake).where(StockTake.id == take_id, StockTake.applied_at.is_(None)).values(applied_at=now())
    if rows_changed(mine) == 1:
        return db.session.get_one(StockTake, take_id, populate_existing=True)
    raise NotFound if db.session.get(StockTake, take_id) is None else TakeClosed


def _differing(take_id: int) -> list[StockTakeLine]:
    """Lines that change something, in the order in which levels are taken."""
    wanted = select(StockTakeLine).where(StockTakeLine.take_id == take_id, StockTakeLine.counted != StockTakeLine.seen)
    return rows(wanted.order_by(StockTakeLine.variant_id))


def _trouble(sku: str, known: Mapping[str, Any], times: Mapping[str, int]) -> str:
    if sku not in known:
        return "No variant on sale has this SKU."
    return "This SKU stands in several rows." if times[sku] > 1 else ""


def _line(take_id: int, counted: int, variant_id: int, seen: int, corrected: int) -> dict[str, int]:
    return {
        "take_id": take_id, "variant_id": variant_id, "counted": counted, "seen": seen, "corrected": corrected
    }  # fmt: skip


def _books(skus: Iterable[str]) -> Iterator[tuple[str, int, int, int]]:
    """SKU, variant, units on hand, and the sum of its corrections, of one moment each."""
    by_hand = select(func.coalesce(func.sum(LedgerEntry.units), 0)).where(
        LedgerEntry.variant_id == Variant.id, LedgerEntry.order_id.is_(None)
    )
    columns = (Variant.sku, Variant.id, func.coalesce(StockLevel.on_hand, 0), by_hand.scalar_subquery())
    found = select(*columns).outerjoin(StockLevel, StockLevel.variant_id == Variant.id).join(Variant.product)
    found = found.where(Variant.retired_at.is_(None), Product.deleted_at.is_(None))
    for chunk in chunks(sorted(set(skus))):
        for sku, variant_id, on_hand, corrected in db.session.execute(found.where(Variant.sku.in_(chunk))):
            yield sku, variant_id, on_hand, int(corrected)


def _corrected(variant_ids: Sequence[int]) -> dict[int, int]:
    """The sum of each variant's corrections, as it is while their levels are locked."""
    total = func.sum(LedgerEntry.units)
    summed = select(LedgerEntry.variant_id, total).where(LedgerEntry.order_id.is_(None))
    summed = summed.group_by(LedgerEntry.variant_id)
    found: dict[int, int] = {}
    for chunk in chunks(variant_ids):
        each = db.session.execute(summed.where(LedgerEntry.variant_id.in_(chunk)))
        found |= {variant_id: int(units) for variant_id, units in each}
    return found
