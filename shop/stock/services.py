"""Changes of stock. The condition and the change are one statement, so the database decides every race (safety rule 2).

Variants are taken in id order, a ledger row goes with every change of what is on hand, and the listing is told when a
variant starts or stops being for sale, kept pages when it says another number of what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from shop.catalog import listing
from shop.catalog.models import Variant
from shop.extensions import db
from shop.lib import stamp
from shop.lib.actor import SYSTEM, Actor
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.stock import queries
from shop.stock.errors import BelowReserved, NotHeld, OutOfStock
from shop.stock.models import Hold, LedgerEntry, LedgerReason, StockLevel
from shop.store.settings import FEW_LEFT, value_of

FREE = StockLevel.on_hand - StockLevel.reserved


def open_level(variant_id: int, units: int, actor: Actor = SYSTEM, *, reorder_point: int = 5) -> None:
    """Begin to count a new variant, with its opening entry in the ledger."""
    db.session.add(StockLevel(variant_id=variant_id, on_hand=units, reorder_point=reorder_point, restocked_at=now()))
    _enter(variant_id, units, LedgerReason.OPENING, actor)
    db.session.flush()
    if units:
        _show(0, units)
        listing.set_in_stock(variant_id, True)


def hold(order_id: int, units: Mapping[int, int]) -> None:
    """Keep units of variants for an order, all of them or none. Raises OutOfStock naming what is short."""
    holds, sold_out = [], []
    for variant_id, wanted in sorted(units.items()):
        left = _change(variant_id, wanted <= FREE, reserved=StockLevel.reserved + wanted)
        if left is None:
            raise _short(units, variant_id)
        holds.append({"order_id": order_id, "variant_id": variant_id, "units": wanted})
        _show(left + wanted, left)
        if left == 0:
            sold_out.append(variant_id)
    db.session.execute(insert(Hold), holds)
    _tell(sold_out, in_stock=False)


def release(order_id: int) -> None:
    """Give back whatever an order still holds; doing it twice changes nothing."""
    live = update(Hold).where(Hold.order_id == order_id, Hold.ended_at.is_(None)).returning(Hold.variant_id, Hold.units)
    ended = live.values(ended_at=now(), outcome="released").execution_options(synchronize_session=False)
    db.session.flush()
    back = []
    for variant_id, units in sorted(tuple(row) for row in db.session.execute(ended)):
        left = _change(variant_id, StockLevel.reserved >= units, reserved=StockLevel.reserved - units)
        if left is not None:
            _show(left - units, left)
        if left == units:
            back.append(variant_id)
    _tell(back, in_stock=True)


def ship(order_id: int, units: Mapping[int, int], actor: Actor) -> None:
    """Let held units leave the house, all of an order's or a part. Raises NotHeld."""
    db.session.flush()
    for variant_id, leaving in sorted(units.items()):
        _take_from_hold(order_id, variant_id, leaving)
        enough = (StockLevel.reserved >= leaving) & (StockLevel.on_hand >= leaving)
        gone = {"on_hand": StockLevel.on_hand - leaving, "reserved": StockLevel.reserved - leaving}
        if _change(variant_id, enough, **gone) is None:
            raise NotHeld
        _enter(variant_id, -leaving, LedgerReason.ORDER, actor, order_id=order_id)


def take_back(order_id: int, units: Mapping[int, int], reason: LedgerReason, actor: Actor) -> None:
    """Put units that had left for an order back on the shelf."""
    back = []
    for variant_id, returned in sorted(units.items()):
        left = _change(variant_id, on_hand=StockLevel.on_hand + returned)
        if left is None:
            raise NotFound
        _enter(variant_id, returned, reason, actor, order_id=order_id)
        _show(left - returned, left)
        if left == returned:
            back.append(variant_id)
    db.session.flush()
    _tell(back, in_stock=True)


def adjust(
    variant_id: int,
    *,
    actor: Actor,
    reason: LedgerReason = LedgerReason.MANUAL,
    to_on_hand: int | None = None,
    by_units: int | None = None,
    note: str = "",
) -> int:
    """Correct what is on hand, to a number or by a difference, and return the units then for sale.

    Raises BelowReserved when orders hold more than would be left.
    """
    counted = select(StockLevel.on_hand, StockLevel.reserved).where(StockLevel.variant_id == variant_id)
    level = db.session.execute(counted.with_for_update()).one_or_none()
    if level is None:
        raise NotFound
    difference = by_units or 0 if to_on_hand is None else to_on_hand - level.on_hand
    if difference == 0:
        return int(level.on_hand - level.reserved)
    return _adjust_by(variant_id, difference, level.reserved, reason, actor, note)


def _adjust_by(variant_id: int, units: int, reserved: int, reason: LedgerReason, actor: Actor, note: str) -> int:
    changes: dict[str, Any] = {"on_hand": StockLevel.on_hand + units}
    if reason == LedgerReason.RESTOCK:
        changes["restocked_at"] = now()
    left = _change(variant_id, FREE + units >= 0, **changes)
    if left is None:
        raise BelowReserved(reserved)
    _enter(variant_id, units, reason, actor, note=note[:300])
    _show(left - units, left)
    db.session.flush()
    if (left > 0) != (left - units > 0):
        listing.set_in_stock(variant_id, left > 0)
    return left


def _change(variant_id: int, condition: ColumnElement[bool] | None = None, **values: Any) -> int | None:
    """Change a level while the condition holds; the units then for sale, or None when it does not hold."""
    changed = update(StockLevel).where(StockLevel.variant_id == variant_id).values(**values).returning(FREE)
    if condition is not None:
        changed = changed.where(condition)
    left: int | None = db.session.execute(changed.execution_options(synchronize_session=False)).scalar_one_or_none()
    if known := db.session.identity_map.get(db.session.identity_key(StockLevel, variant_id)):
        db.session.expire(known)
    return left


def _take_from_hold(order_id: int, variant_id: int, units: int) -> None:
    """End the hold when all of it leaves, make it smaller when a part does."""
    live = update(Hold).where(Hold.order_id == order_id, Hold.variant_id == variant_id, Hold.ended_at.is_(None))
    live = live.returning(Hold.id).execution_options(synchronize_session=False)
    whole = live.where(Hold.units == units).values(ended_at=now(), outcome="shipped")
    part = live.where(Hold.units > units).values(units=Hold.units - units)
    if db.session.scalar(whole) is None and db.session.scalar(part) is None:
        raise NotHeld


def _enter(variant_id: int, units: int, reason: LedgerReason, actor: Actor, **more: Any) -> None:
    db.session.add(LedgerEntry(variant_id=variant_id, units=units, reason=reason, actor=actor.name, **more))


def _show(before: int, left: int) -> None:
    """Make kept pages old when they say another number of what is left; many are all alike."""
    few = value_of(FEW_LEFT)
    if min(before, few) != min(left, few):
        stamp.touch()


def _tell(variant_ids: Sequence[int], *, in_stock: bool) -> None:
    """Tell the listing, product by product and after all levels: two orders that cross would wait for each other."""
    if len(variant_ids) > 1:
        by_product = select(Variant.id).where(Variant.id.in_(variant_ids)).order_by(Variant.product_id, Variant.id)
        variant_ids = db.session.scalars(by_product).all()
    for variant_id in variant_ids:
        listing.set_in_stock(variant_id, in_stock)


def _short(units: Mapping[int, int], failed: int) -> OutOfStock:
    """What is short from the one that failed on; those before it are already kept in this unit."""
    rest = {id: wanted for id, wanted in units.items() if id >= failed}
    left = {id: there for id, there in queries.for_sale(rest).items() if there < rest[id] or id == failed}
    return OutOfStock({id: min(there, rest[id] - 1) for id, there in left.items()}, queries.names_of(left))
