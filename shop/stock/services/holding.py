"""Stock that orders keep, send out and give back."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert, select, update

from shop.extensions import db
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.errors import NotFound
from shop.stock import queries
from shop.stock.errors import NotHeld, OutOfStock
from shop.stock.models import Hold, LedgerReason, StockLevel
from shop.stock.services.levels import FREE, armed_again, change, enter, show, tell


def hold(order_id: int, units: Mapping[int, int]) -> None:
    """Keep units of variants for an order, all of them or none. Raises OutOfStock naming what is short."""
    holds, sold_out = [], []
    for variant_id, wanted in sorted(units.items()):
        left = change(variant_id, wanted <= FREE, reserved=StockLevel.reserved + wanted)
        if left is None:
            raise _short(units, variant_id)
        holds.append({"order_id": order_id, "variant_id": variant_id, "units": wanted})
        show(left + wanted, left)
        if left == 0:
            sold_out.append(variant_id)
    db.session.execute(insert(Hold), holds)
    tell(dict.fromkeys(sold_out, False))


def release(order_id: int) -> None:
    """Give back whatever an order still holds; doing it twice changes nothing."""
    live = update(Hold).where(Hold.order_id == order_id, Hold.ended_at.is_(None)).returning(Hold.variant_id, Hold.units)
    ended = live.values(ended_at=now(), outcome="released").execution_options(synchronize_session=False)
    db.session.flush()
    back = []
    for variant_id, units in sorted(tuple(row) for row in db.session.execute(ended)):
        left = change(variant_id, StockLevel.reserved >= units, reserved=StockLevel.reserved - units)
        if left is not None:
            show(left - units, left)
        if left == units:
            back.append(variant_id)
    tell(dict.fromkeys(back, True))


def hold_instead(order_id: int, units: Mapping[int, int]) -> None:
    """Let an order keep these units and no others. Raises OutOfStock naming what is short."""
    db.session.flush()
    live = select(Hold.variant_id, Hold.units).where(Hold.order_id == order_id, Hold.ended_at.is_(None))
    held = dict(db.session.execute(live).all())
    told: dict[int, bool] = {}
    for variant_id in sorted(held.keys() | units.keys()):
        had, wanted = held.get(variant_id, 0), units.get(variant_id, 0)
        if had != wanted:
            left = _reserve(variant_id, wanted - had)
            if left in {0, had - wanted}:
                told[variant_id] = bool(left)
            _write_hold(order_id, variant_id, had, wanted)
    tell(told)


def ship(order_id: int, units: Mapping[int, int], actor: Actor) -> None:
    """Let held units leave the house, all of an order's or a part. Raises NotHeld."""
    db.session.flush()
    for variant_id, leaving in sorted(units.items()):
        _take_from_hold(order_id, variant_id, leaving)
        enough = (StockLevel.reserved >= leaving) & (StockLevel.on_hand >= leaving)
        gone = {"on_hand": StockLevel.on_hand - leaving, "reserved": StockLevel.reserved - leaving}
        if change(variant_id, enough, **gone) is None:
            raise NotHeld
        enter(variant_id, -leaving, LedgerReason.ORDER, actor, order_id=order_id)


def take_back(order_id: int, units: Mapping[int, int], reason: LedgerReason, actor: Actor) -> None:
    """Put units that had left for an order back on the shelf."""
    back = []
    for variant_id, returned in sorted(units.items()):
        left = change(variant_id, on_hand=StockLevel.on_hand + returned, alert_id=armed_again(returned))
        if left is None:
            raise NotFound
        enter(variant_id, returned, reason, actor, order_id=order_id)
        show(left - returned, left)
        if left == returned:
            back.append(variant_id)
    db.session.flush()
    tell(dict.fromkeys(back, True))


def _reserve(variant_id: int, more: int) -> int:
    """Reserve so many units more, or less; what is then for sale. Raises OutOfStock."""
    left = change(variant_id, more <= FREE, reserved=StockLevel.reserved + more)
    if left is None:
        raise OutOfStock(queries.for_sale([variant_id]), queries.names_of([variant_id]))
    show(left + more, left)
    return left


def _write_hold(order_id: int, variant_id: int, had: int, wanted: int) -> None:
    live = update(Hold).where(Hold.order_id == order_id, Hold.variant_id == variant_id, Hold.ended_at.is_(None))
    if not had:
        db.session.execute(insert(Hold), [{"order_id": order_id, "variant_id": variant_id, "units": wanted}])
    elif wanted:
        db.session.execute(live.values(units=wanted).execution_options(synchronize_session=False))
    else:
        ended = {"ended_at": now(), "outcome": "released"}
        db.session.execute(live.values(**ended).execution_options(synchronize_session=False))


def _take_from_hold(order_id: int, variant_id: int, units: int) -> None:
    """End the hold when all of it leaves, make it smaller when a part does."""
    live = update(Hold).where(Hold.order_id == order_id, Hold.variant_id == variant_id, Hold.ended_at.is_(None))
    live = live.returning(Hold.id).execution_options(synchronize_session=False)
    whole = live.where(Hold.units == units).values(ended_at=now(), outcome="shipped")
    part = live.where(Hold.units > units).values(units=Hold.units - units)
    if db.session.scalar(whole) is None and db.session.scalar(part) is None:
        raise NotHeld


def _short(units: Mapping[int, int], failed: int) -> OutOfStock:
    """What is short from the one that failed on; those before it are already kept in this unit."""
    rest = {id: wanted for id, wanted in units.items() if id >= failed}
    left = {id: there for id, there in queries.for_sale(rest).items() if there < rest[id] or id == failed}
    return OutOfStock({id: min(there, rest[id] - 1) for id, there in left.items()}, queries.names_of(left))
