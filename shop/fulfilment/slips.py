"""Papers of the packing table as PDF: what to take from which shelf, and what lies in a parcel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.catalog.models import Size, Variant
from shop.extensions import db
from shop.fulfilment.models import Parcel, ParcelLine
from shop.fulfilment.queries.cash import cash_by_parcel
from shop.fulfilment.queries.parcels import units_left
from shop.fulfilment.states import OVER
from shop.lib.clock import now
from shop.lib.money import ZERO, Money
from shop.lib.pdf import blocks
from shop.lib.pdf.document import NextPaper, as_pdf
from shop.lib.queries import rows
from shop.orders.models import Order, OrderLine
from shop.orders.states import NO_REVENUE
from shop.payments.queries import cash_agreed
from shop.store.amounts import money
from shop.store.formats import day_month_year, moment, phone
from shop.store.queries import store

BOX = "[____]"
"""To be ticked with a pen."""


@dataclass
class Pick:
    """Pieces of one size to take from its shelf, and which orders want them."""

    line: OrderLine
    units: int = 0
    orders: list[str] = field(default_factory=list)


def pick_list(order_ids: Sequence[int]) -> bytes:
    """What is still to be packed of these orders, by product, colour and size, each with a box to tick."""
    picks: dict[int, Pick] = {}
    wanted = _orders(order_ids)
    parcels = _parcels(order_ids)
    for order in wanted:
        lines = {line.id: line for line in order.lines}
        for line_id, units in units_left(order, parcels[order.id]).items():
            pick = picks.setdefault(lines[line_id].variant_id, Pick(lines[line_id]))
            pick.units += units
            pick.orders.append(f"{order.number} × {units}" if units > 1 else order.number)
    facts = [("Orders", str(len(wanted))), ("Pieces", str(sum(pick.units for pick in picks.values()))),
             ("Made", moment(now()))]  # fmt: skip
    table = blocks.table(
        ["", "Article", "Colour, size", "SKU", "For", "Pieces"], [_row(pick) for pick in _by_shelf(picks)],
        [5, 20, 12, 14, 18, 6], [0, 1, 2, 3, 4],
    )  # fmt: skip
    nothing = [] if picks else blocks.note("Nothing is left to pack of these orders.")
    return _paper("Pick list", [*blocks.header(store().name, [], "Pick list", facts), *table, *nothing])


def packing_slips(order_ids: Sequence[int]) -> bytes:
    """A slip for each parcel of these orders, and one for what is still to be packed, each with pages of its own."""
    parcels = _parcels(order_ids)
    slips = [slip for order in _orders(order_ids) for slip in _slips(order, parcels[order.id])]
    story: list[Flowable] = []
    for slip in slips:
        story += [*([NextPaper()] if story else []), *slip]
    return _paper("Packing slips", story or blocks.note("Nothing is to be packed of these orders."))


def _orders(order_ids: Sequence[int]) -> list[Order]:
    """Those that go somewhere, oldest first."""
    found = select(Order).where(Order.id.in_(order_ids), Order.state.not_in(NO_REVENUE))
    return rows(found.options(selectinload(Order.lines)).order_by(Order.id))


def _parcels(order_ids: Sequence[int]) -> dict[int, list[Parcel]]:
    found: dict[int, list[Parcel]] = defaultdict(list)
    contents = selectinload(Parcel.lines).joinedload(ParcelLine.order_line)
    for parcel in rows(select(Parcel).where(Parcel.order_id.in_(order_ids)).options(contents).order_by(Parcel.id)):
        found[parcel.order_id].append(parcel)
    return found


def _by_shelf(picks: dict[int, Pick]) -> list[Pick]:
    places = select(Variant.id, Size.position).join(Size, Size.id == Variant.size_id).where(Variant.id.in_(picks))
    place = {row.id: row.position for row in db.session.execute(places)}
    names = {id: (pick.line.name, pick.line.colour, place.get(id, 0), pick.line.size) for id, pick in picks.items()}
    return [picks[id] for id in sorted(picks, key=lambda id: (names[id], id))]


def _row(pick: Pick) -> list[blocks.Cell]:
    line = pick.line
    return [BOX, [line.name, line.brand], line.variant, line.sku, pick.orders, str(pick.units)]


def _slips(order: Order, parcels: Sequence[Parcel]) -> list[list[Flowable]]:
    live = [parcel for parcel in parcels if parcel.state not in OVER]
    left, cash = units_left(order, parcels), cash_by_parcel(order, parcels) if live else {}
    many = len(live) + bool(left)
    contents = [({line.order_line_id: line.quantity for line in parcel.lines}, cash.get(parcel.id, ZERO))
                for parcel in live]  # fmt: skip
    if left:
        contents.append((left, ZERO if live else cash_agreed(order)))
    return [_slip(order, units, due, f"{number} of {many}") for number, (units, due) in enumerate(contents, start=1)]


def _slip(order: Order, units: dict[int, int], due: Money, number: str) -> list[Flowable]:
    shop = store()
    facts = [("Order", order.number), ("Placed", day_month_year(order.placed_at)), ("Parcel", number)]
    sent = ["To be paid in cash", money(due, order.currency)] if due else [order.delivery_method]
    table = [[BOX, [line.name, line.brand], line.variant, line.sku, str(units[line.id])]
             for line in order.lines if units.get(line.id)]  # fmt: skip
    return [
        *blocks.header(shop.name, shop.address_lines, "Packing slip", facts),
        *blocks.parties([("Ship to", _address(order)), ("Delivery", sent)]),
        *blocks.table(
            ["", f"Article of {order.number}", "Colour, size", "SKU", "Pieces"], table, [5, 26, 16, 18, 7], [0, 1, 2, 3]
        ),
        *(blocks.note(f"Note from the customer: {order.note}") if order.note else []),
    ]


def _address(order: Order) -> list[str]:
    to = order.address
    place = [f"{to['house']}, {to['street']}", to["landmark"], f"{to['city']} {to['postal_code']}", to["state"]]
    return [to["name"], *(line for line in place if line), phone(to["phone"])]


def _paper(title: str, story: Sequence[Flowable]) -> bytes:
    shop = store()
    return as_pdf(title, shop.name, ", ".join(part for part in (shop.name, phone(shop.phone)) if part), story)
