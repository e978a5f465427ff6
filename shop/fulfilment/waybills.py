"""Ships orders from a list of their carriers' numbers: looked at first, then shipped order by order (ORD-07).

Looking and shipping make the same plan, and shipping makes it anew under the order's lock; so a list that comes twice
ships nothing twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select

from shop.extensions import db
from shop.fulfilment.many import Fate, Outcome
from shop.fulfilment.models import Parcel
from shop.fulfilment.queries import live_parcels
from shop.fulfilment.services import ship_parcel
from shop.fulfilment.states import ParcelState
from shop.lib.actor import Actor
from shop.lib.errors import ShopError
from shop.lib.jobs import files, services
from shop.lib.jobs.kinds import Finished, Onward
from shop.lib.jobs.models import Job
from shop.lib.queries import rows
from shop.lib.sheets import BOM, lines
from shop.lib.states import words
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.orders.services import lock_order

AT_ONCE, MOST_ROWS = 200, 5_000
JOB, LEFT = "ship_from_file", "left.csv"
LEFT_HEAD = ("row", "number", "problem")
LONGEST = 60
TRACKING = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*")


@dataclass(frozen=True)
class Waybill:
    """One row: which order, who carries it, under which number. `row` is its line in the file."""

    row: int
    number: str
    carrier: str
    awb: str


def plan(waybills: Sequence[Waybill]) -> list[Outcome]:
    """What shipping these would do, row by row; two statements. `done` means: would be shipped."""
    wrong, groups = _sorted_out(waybills)
    found = _orders([mine[0].number for mine in groups])
    told = [outcome for mine in groups for outcome, _ in _matched(mine, *found.get(mine[0].number, (None, [])))]
    return sorted([*wrong, *told], key=lambda outcome: outcome.row)


def ship_each(waybills: Sequence[Waybill], by: Actor) -> list[Outcome]:
    """Ship these, each order in a unit of its own, and say of each row what became of it. Opens its own units."""
    told, groups = _sorted_out(waybills)
    for mine in groups:
        with unit_of_work():
            told += _ship(mine, by)
    return sorted(told, key=lambda outcome: outcome.row)


def start(waybills: Sequence[Waybill], by: Actor) -> Job:
    """Let workers ship these."""
    return services.start(JOB, by, total=len(waybills), rows=[asdict(waybill) for waybill in waybills])


def ship_step(job: Job) -> Onward | Finished:
    """Ship the next order of a job's list; what stays behind is written into a file."""
    begin: int = job.checkpoint.get("begin", 0)
    counts: Counter[str] = Counter(job.checkpoint.get("counts", {}))
    wrong, groups = _sorted_out([Waybill(**row) for row in job.parameters["rows"]])
    if begin > len(groups):
        return Finished(_sentence(counts), {"counts": counts}, done=counts.total())
    told = _ship(groups[begin - 1], job.by) if begin else wrong
    _write_left(job, told, is_first=not counts[Fate.LEFT])
    counts += Counter(outcome.fate.value for outcome in told)
    return Onward({"begin": begin + 1, "counts": dict(counts)}, done=counts.total())


def _sorted_out(waybills: Sequence[Waybill]) -> tuple[list[Outcome], list[list[Waybill]]]:
    """The rows that are wrong in themselves, and the others order by order."""
    first = {waybill.awb: waybill.row for waybill in reversed(waybills)}
    refused = ((one, why) for one in waybills if (why := _wrong(one, first)))
    wrong = {one.row: Outcome(one.number, Fate.LEFT, why, one.row, is_known=False) for one, why in refused}
    fine = sorted((one for one in waybills if one.row not in wrong), key=attrgetter("number", "row"))
    return [*wrong.values()], [list(mine) for _, mine in groupby(fine, key=attrgetter("number"))]


def _wrong(waybill: Waybill, first: Mapping[str, int]) -> str:
    if not waybill.number:
        return "Say which order it is."
    if not 0 < len(waybill.carrier) <= LONGEST:
        return f"Say who carries it, in at most {LONGEST} characters."
    if not TRACKING.fullmatch(waybill.awb) or len(waybill.awb) > LONGEST:
        return f"Give the tracking number: at most {LONGEST} letters, digits, spaces, dots and dashes."
    if first[waybill.awb] != waybill.row:
        return f"Row {first[waybill.awb]} has this tracking number already."
    return ""


def _ship(mine: Sequence[Waybill], by: Actor) -> list[Outcome]:
    """Ship what one order's rows say, all of them or, where one is refused, none."""
    order_id = db.session.scalar(select(Order.id).where(Order.number == mine[0].number))
    order = lock_order(order_id) if order_id else None
    matched = list(_matched(mine, order, rows(live_parcels(order_id)) if order_id else []))
    try:
        with db.session.begin_nested():
            for waybill, (_, parcel) in zip(mine, matched, strict=True):
                if parcel is not None:
                    ship_parcel(parcel, waybill.carrier, waybill.awb, by)
    except ShopError as error:
        return [Outcome(one.number, Fate.LEFT, str(error), one.row) for one in mine]
    return [outcome for outcome, _ in matched]


def _matched(
    mine: Sequence[Waybill], order: Order | None, parcels: Sequence[Parcel]
) -> Iterator[tuple[Outcome, Parcel | None]]:
    """Each row of an order with the parcel it sends off: its packed ones, in the order they were packed."""
    sent = {parcel.tracking_number for parcel in parcels}
    packed = [parcel for parcel in parcels if parcel.state == ParcelState.PACKED]
    new = [waybill.row for waybill in mine if waybill.awb not in sent]
    why = _refusal(order, len(packed), len(new))
    for waybill in mine:
        if waybill.awb in sent:
            yield Outcome(waybill.number, Fate.SAME, row=waybill.row), None
        elif why:
            yield Outcome(waybill.number, Fate.LEFT, why, waybill.row, is_known=order is not None), None
        else:
            yield Outcome(waybill.number, Fate.DONE, row=waybill.row), packed[new.index(waybill.row)]


def _refusal(order: Order | None, packed: int, named: int) -> str:
    if order is None:
        return "There is no such order."
    if not packed:
        return f"It is {words(order.state)}: only what is packed can be shipped."
    are = "is" if packed == 1 else "are"
    return (
        ""
        if packed == named
        else f"{packed} of its parcels {are} packed, but {named} rows name it: give a row for each."
    )


def _orders(numbers: Sequence[str]) -> dict[str, tuple[Order, list[Parcel]]]:
    orders = rows(select(Order).where(Order.number.in_(numbers)))
    parcels: dict[int, list[Parcel]] = defaultdict(list)
    live = select(Parcel).where(Parcel.order_id.in_([order.id for order in orders]))
    for parcel in rows(live.where(Parcel.state != ParcelState.CANCELLED).order_by(Parcel.id)):
        parcels[parcel.order_id].append(parcel)
    return {order.number: (order, parcels[order.id]) for order in orders}


def _write_left(job: Job, told: Sequence[Outcome], *, is_first: bool) -> None:
    left = [(outcome.row, outcome.number, outcome.why) for outcome in told if outcome.fate == Fate.LEFT]
    if left:
        head = BOM + lines([LEFT_HEAD]) if is_first else ""
        files.add_part(job, LEFT, (head + lines(left)).encode())


def _sentence(counts: Mapping[str, int]) -> str:
    parts = [f"{counts.get(Fate.DONE, 0):,} shipped"]
    parts += [f"{counts[Fate.SAME]:,} had left already"] if counts.get(Fate.SAME) else []
    parts += [f"{counts[Fate.LEFT]:,} could not be shipped"] if counts.get(Fate.LEFT) else []
    return f"{', '.join(parts)}."
