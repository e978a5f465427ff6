"""What past orders did to the stock: holds, ledger entries and parcels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from shop.catalog.models import ListingRow
from shop.cli.demo.bulk import put, put_plain
from shop.cli.demo.past.money import OWNER
from shop.cli.demo.past.plans import Plan
from shop.cli.demo.past.stories import REFUSED
from shop.cli.demo.shelf import Demand
from shop.cli.demo.source import Row
from shop.extensions import db
from shop.fulfilment.models import Parcel, ParcelHistory, ParcelLine
from shop.fulfilment.states import ParcelState
from shop.orders.states import OrderState
from shop.stock.models import Hold, LedgerEntry, LedgerReason

S = OrderState
WITH_PARCEL = frozenset(state.value for state in ParcelState)
CARRIERS = (("Blue Dart", "BD"), ("Delhivery", "DL"), ("DTDC", "DT"), ("India Post", "IP"))


def demand_of(plans: list[Plan]) -> Demand:
    """Units that left for good and units still kept, by variant."""
    demand = Demand()
    for plan in plans:
        for ware, quantity in plan.goods:
            if plan.has_left and not plan.is_back:
                demand.gone[ware.variant_id] += quantity
            elif not plan.has_left and not plan.is_cancelled:
                demand.held[ware.variant_id] += quantity
    return demand


def load(plans: list[Plan]) -> None:
    """Write holds, ledger entries and parcels, and how often each style was sold."""
    put(Hold, (row for plan in plans for row in _holds(plan)))
    put(LedgerEntry, sorted((row for plan in plans for row in _entries(plan)), key=lambda row: row["created_at"]))
    chance = Random("parcels")  # noqa: S311
    packed = [plan for plan in plans if S.PACKED in plan.when]
    parts = [(plan, part) for plan in packed for part in range(plan.story.parcels)]
    parcels = put(Parcel, (_parcel(plan, chance) for plan, _ in parts))
    pairs = list(zip(parts, parcels, strict=True))
    put_plain(ParcelLine, [row for (plan, part), parcel in pairs for row in _contents(plan, part, parcel)])
    put(ParcelHistory, (row for (plan, _), parcel in pairs for row in _moves(plan, parcel)))
    for (plan, _), parcel in pairs:
        plan.parcel_id = parcel["id"]
        plan.tracking = f"{parcel['carrier']} {parcel['tracking_number']}"


def note_sales(plans: list[Plan]) -> None:
    """Tell the listing how many units of each style were sold."""
    for plan in plans:
        if plan.is_cancelled or plan.is_back:
            continue
        for ware, quantity in plan.goods:
            if row := db.session.get(ListingRow, ware.product_id):
                row.units_sold += quantity
    db.session.flush()


def _holds(plan: Plan) -> Iterator[Row]:
    ended = _hold_ended(plan)
    outcome = None if ended is None else "shipped" if plan.has_left else "released"
    for ware, quantity in plan.goods:
        kept = {"order_id": plan.id, "variant_id": ware.variant_id, "units": quantity}
        yield kept | {"created_at": plan.placed_at, "ended_at": ended, "outcome": outcome}


def _hold_ended(plan: Plan) -> datetime | None:
    return plan.when.get(S.SHIPPED) or plan.when.get(S.CANCELLED)


def _entries(plan: Plan) -> Iterator[Row]:
    for state, sign, reason in ((S.SHIPPED, -1, LedgerReason.ORDER), (S.RETURNED, 1, LedgerReason.RETURN)):
        if state not in plan.when:
            continue
        for ware, quantity in plan.goods:
            kept = {"variant_id": ware.variant_id, "units": sign * quantity, "reason": reason, "order_id": plan.id}
            yield kept | {"actor": OWNER, "note": "", "created_at": plan.when[state]}


def _parcel(plan: Plan, chance: Random) -> Row:
    (carrier, letters), number = chance.choice(CARRIERS), chance.randint(10**8, 10**9 - 1)
    is_out = plan.story.state == S.OUT_FOR_DELIVERY
    return {
        "order_id": plan.id,
        "state": plan.story.state,
        "carrier": carrier if plan.has_left else None,
        "tracking_number": f"{letters}{number}IN" if plan.has_left else None,
        "otp": f"{chance.randint(0, 999_999):06d}" if is_out else None,
        "otp_failures": 0,
        "created_at": plan.when[S.PACKED],
        "shipped_at": plan.when.get(S.SHIPPED),
        "delivered_at": plan.when.get(S.DELIVERED),
        "refused_at": plan.when.get(S.DELIVERY_FAILED) if plan.story.reason == REFUSED else None,
    }


def _moves(plan: Plan, parcel: Row) -> Iterator[Row]:
    """Each move of the order from its packing on was its parcel's."""
    came_from = None
    for state, moment in sorted(plan.when.items(), key=lambda move: move[1]):
        if state.value in WITH_PARCEL:
            who = {"actor_kind": "staff", "actor": OWNER, "user_id": None, "ip": None, "note": ""}
            kept = {"parcel_id": parcel["id"], "from_state": came_from, "to_state": state, "created_at": moment}
            yield kept | who
            came_from = state


def _contents(plan: Plan, part: int, parcel: Row) -> list[Row]:
    """Lines are dealt out to an order's parcels in turn."""
    return [{"parcel_id": parcel["id"], "order_line_id": row["id"], "quantity": row["quantity"]}
            for row in plan.lines[part :: plan.story.parcels]]  # fmt: skip
