"""Stock corrected by hand: counted, restocked, damaged, brought back; and such a correction undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from shop.catalog import listing
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib import idempotency
from shop.lib.actor import SYSTEM, Actor
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.lib.queries import rows
from shop.stock.errors import BelowReserved, CountedMeanwhile, KeyUsed, NotToUndo, TooMany, WrongDirection
from shop.stock.models import LedgerEntry, LedgerReason, StockLevel
from shop.stock.services.levels import FREE, armed_again, change, chunks, enter, show, tell

MOST_COUNTED, MOST_ON_HAND = 999_999, 9_999_999
COUNTED = "Counted by hand"
ADDS, TAKES = frozenset({LedgerReason.RESTOCK, LedgerReason.RETURN}), frozenset({LedgerReason.DAMAGE})


@dataclass(frozen=True)
class Correction:
    """A change of what is on hand, by a difference or to a count; `seen` is what whoever counted looked at."""

    reason: LedgerReason = LedgerReason.MANUAL
    by_units: int | None = None
    to_on_hand: int | None = None
    note: str = ""
    seen: int | None = None


def open_level(variant_id: int, units: int, actor: Actor = SYSTEM) -> None:
    """Begin to count a new variant, with its opening entry in the ledger."""
    db.session.add(StockLevel(variant_id=variant_id, on_hand=units, restocked_at=now()))
    enter(variant_id, units, LedgerReason.OPENING, actor)
    db.session.flush()
    if units:
        show(0, units)
        listing.set_in_stock(variant_id, True)


def open_levels(units: Mapping[int, int], actor: Actor) -> None:
    """Begin to count new variants, in a fixed number of statements; whoever made them writes their listing rows."""
    moment = now()
    for variant_id, on_hand in sorted(units.items()):
        db.session.add(StockLevel(variant_id=variant_id, on_hand=on_hand, reorder_point=5, restocked_at=moment))
        enter(variant_id, on_hand, LedgerReason.OPENING, actor)
    db.session.flush()


def adjust(
    variant_id: int,
    *,
    actor: Actor,
    reason: LedgerReason = LedgerReason.MANUAL,
    to_on_hand: int | None = None,
    by_units: int | None = None,
    note: str = "",
    seen: int | None = None,
) -> int:
    """Correct what is on hand, to a number or by a difference, and return the units then for sale.

    `seen` is what whoever counted was shown as on hand. Raises BelowReserved when orders hold more than would be left,
    CountedMeanwhile when it is not what was seen, WrongDirection for a restock that takes away or damage that adds.
    """
    level = lock_level(variant_id)
    if seen not in (None, level.on_hand):
        raise CountedMeanwhile(level.on_hand)
    units = by_units or 0 if to_on_hand is None else to_on_hand - level.on_hand
    if units == 0:
        return level.for_sale
    if reason in (TAKES if units > 0 else ADDS):
        raise WrongDirection(reason)
    return adjust_by(level, units, reason, actor, note=note[:300])


def adjust_once(variant_id: int, correction: Correction, actor: Actor, key: str | None) -> bool:
    """The same under a key: sent twice, it is done once. False where it was done before; without a key it never was.

    Raises KeyUsed for a key that came with something else.
    """
    asked = asdict(correction)
    if not key:
        adjust(variant_id, actor=actor, **asked)
        return True
    row, is_new = idempotency.claim(f"stock:{variant_id}", key, asked)
    if is_new:
        adjust(variant_id, actor=actor, **asked)
        row.resource_id = variant_id
    elif not idempotency.is_same(row, asked):
        raise KeyUsed
    return is_new


def undo(entry_id: int, actor: Actor) -> LedgerEntry:
    """Take a correction back by a counter-entry, once; returns the entry that was undone.

    Raises NotFound, NotToUndo, and BelowReserved when orders hold what it brought.
    """
    entry = db.session.get(LedgerEntry, entry_id)
    if entry is None:
        raise NotFound
    level = lock_level(entry.variant_id)
    if not entry.is_by_hand or db.session.scalar(select(LedgerEntry.id).where(LedgerEntry.undoes == entry.id)):
        raise NotToUndo
    adjust_by(level, -entry.units, LedgerReason(entry.reason), actor, note="Undone", undoes=entry.id)
    return entry


def lock_level(variant_id: int) -> StockLevel:
    """A variant's stock, held until the unit ends; one that was never counted begins with nothing. Raises NotFound."""
    level = db.session.get(StockLevel, variant_id, with_for_update=True, populate_existing=True)
    if level is None and db.session.get(Variant, variant_id) is None:
        raise NotFound
    if level is None:
        open_level(variant_id, 0)
        level = db.session.get_one(StockLevel, variant_id)
    return level


def lock_levels(variant_ids: Sequence[int]) -> dict[int, StockLevel]:
    """The stock of variants, held in their ids' order until the unit ends; what was never counted begins with nothing.

    The ids come in order.
    """
    locked = select(StockLevel).order_by(StockLevel.variant_id).with_for_update()
    locked = locked.execution_options(populate_existing=True)
    found: dict[int, StockLevel] = {}
    for chunk in chunks(variant_ids):
        found |= {level.variant_id: level for level in rows(locked.where(StockLevel.variant_id.in_(chunk)))}
    return {id: found.get(id) or lock_level(id) for id in variant_ids}


def count_all(counted: Mapping[int, int], actor: Actor) -> None:
    """Write what was counted of several variants by hand, all of it. Raises BelowReserved, TooMany."""
    told: dict[int, bool] = {}
    for variant_id, level in lock_levels(sorted(counted)).items():
        if units := counted[variant_id] - level.on_hand:
            told |= recount(level, units, actor, COUNTED)
    db.session.flush()
    tell(told)


def recount(level: StockLevel, units: int, actor: Actor, note: str) -> dict[int, bool]:
    """Correct a locked level by a difference; whether there are some for sale, where that is news for the listing."""
    left = correct(level, units, LedgerReason.MANUAL, actor, note=note)
    return {level.variant_id: left > 0} if (left > 0) != (left - units > 0) else {}


def adjust_by(level: StockLevel, units: int, reason: LedgerReason, actor: Actor, **entry: Any) -> int:
    """Change a locked level by a difference and tell the listing. Raises BelowReserved, TooMany."""
    variant_id = level.variant_id
    left = correct(level, units, reason, actor, **entry)
    db.session.flush()
    if (left > 0) != (left - units > 0):
        tell({variant_id: left > 0})
    return left


def correct(level: StockLevel, units: int, reason: LedgerReason, actor: Actor, **entry: Any) -> int:
    """Change a locked level by a difference, with its entry in the ledger; the listing is still to be told."""
    variant_id, reserved = level.variant_id, level.reserved
    if level.on_hand + units > MOST_ON_HAND:
        raise TooMany(MOST_ON_HAND)
    changes: dict[str, Any] = {"on_hand": StockLevel.on_hand + units, "alert_id": armed_again(units)}
    if reason == LedgerReason.RESTOCK and units > 0:
        changes["restocked_at"] = now()
    left = change(variant_id, FREE + units >= 0, **changes)
    if left is None:
        raise BelowReserved(reserved)
    enter(variant_id, units, reason, actor, **entry)
    show(left - units, left)
    return left
