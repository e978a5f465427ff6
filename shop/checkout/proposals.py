"""An order with other lines, before anything is changed: whether it may be, what it would come to, what differs.

Lines keep the price they were agreed at, also while they are out of the order. What is new costs what it costs today,
or, where today it costs the same as another size of the product that is in the order, what was agreed for that one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shop.cart.bag import BagLine
from shop.cart.unkept import bag_with
from shop.checkout.errors import NoLongerSold, NothingChanged, NothingLeft, OrderFixed
from shop.checkout.services.agreed import rules_agreed
from shop.checkout.services.repricing import Piece, price_pieces, whole_quote
from shop.checkout.services.snapshots import variant_facts
from shop.fulfilment.queries import has_parcels
from shop.invoices import queries as invoice_queries
from shop.invoices.states import InvoiceState
from shop.lib.money import ZERO, Money
from shop.lib.queries import one_or_none, rows
from shop.lib.states import words
from shop.orders.models import Order, OrderEdit, OrderLine
from shop.orders.states import OrderState
from shop.payments.queries import has_cash, refunds_of
from shop.payments.states import RefundState
from shop.pricing.values import Quote

BEFORE_PACKING = frozenset({OrderState.PLACED, OrderState.CONFIRMED})


@dataclass(frozen=True)
class Change:
    """A variant of which the order shall have another number of units."""

    variant_id: int
    name: str
    before: int
    after: int

    @property
    def text(self) -> str:
        return f"{self.name}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Proposal:
    """An order with other lines: what it would come to, and what differs."""

    pieces: tuple[Piece, ...]
    quote: Quote
    changes: tuple[Change, ...]


def why_fixed(order: Order) -> str | None:
    """Why the lines of an order stay as they are; None where they can still be changed."""
    if order.state not in BEFORE_PACKING:
        return f"This order is {words(order.state)}: its lines stay as they are."
    if order.prepaid and order.waits_for_payment:
        return "A part of this order is paid before: its lines can be changed once it is there."
    if has_parcels(order.id):
        return "Something of this order is packed. Unpack it first."
    invoice = one_or_none(invoice_queries.live_invoice(order.id))
    if invoice is not None and invoice.state != InvoiceState.DRAFT:
        return f"Invoice {invoice.name} tells of this order already: its lines stay as they are."
    if any(one.state != RefundState.FAILED and one.amount > one.excess for one in rows(refunds_of(order.id))):
        return "Money went back for lines of this order: they stay as they are."
    if has_cash(order.id):
        return "The cash of this order is noted as paid: its lines stay as they are."
    return None


def last_edit(order_id: int) -> OrderEdit | None:
    """The newest change of an order's lines."""
    return one_or_none(select(OrderEdit).where(OrderEdit.order_id == order_id).order_by(OrderEdit.id.desc()).limit(1))


def units_before(order: Order, edit: OrderEdit) -> dict[int, int]:
    """The units of each variant that an order had before its newest change: what takes it back."""
    now = {line.variant_id: line.quantity for line in order.lines}
    return now | {change["variant_id"]: change["before"] for change in edit.changes}


def propose(order: Order, units: Mapping[int, int]) -> Proposal:
    """What an order would be with so many units of each variant's id; nothing is written.

    Raises OrderFixed, NothingLeft, NothingChanged or NoLongerSold.
    """
    if reason := why_fixed(order):
        raise OrderFixed(reason)
    wanted = {variant_id: count for variant_id, count in units.items() if count > 0}
    if not wanted:
        raise NothingLeft
    lines = [*_known(order), *_new(order, wanted)]
    if wanted.keys() - {line.variant_id for line in lines}:
        raise NoLongerSold(["a size that was added"])
    changes = tuple(_changes(order, lines, wanted))
    if not changes:
        raise NothingChanged
    pieces = tuple(Piece(line, wanted[line.variant_id]) for line in lines if line.variant_id in wanted)
    rules, code = rules_agreed(order)
    quote = whole_quote(order, price_pieces(order, pieces, rules, code))
    if not quote.total:
        raise NothingLeft
    return Proposal(pieces, quote, changes)


def _known(order: Order) -> list[OrderLine]:
    """The order's lines, and those that were taken out of it."""
    return rows(select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position, OrderLine.id))


def _new(order: Order, wanted: Mapping[int, int]) -> list[OrderLine]:
    """Lines, not written yet, for variants that the order never had."""
    known = {line.variant_id: line.unit_price for line in _known(order)}
    today = {line.variant_id: line for line in bag_with(dict.fromkeys(wanted.keys() | known.keys(), 1)).lines}
    new = [today[variant_id] for variant_id in wanted if variant_id not in known and variant_id in today]
    if gone := [line.name for line in new if not line.is_on_shelf]:
        raise NoLongerSold(gone)
    agreed = {(today[id].product_id, today[id].unit_price): price for id, price in known.items() if id in today}
    return [_line(line, agreed.get((line.product_id, line.unit_price), line.unit_price)) for line in new]


def _line(line: BagLine, price: Money) -> OrderLine:
    nothing = dict.fromkeys(("discount", "total", "tax_contained", "tax_added"), ZERO)
    return OrderLine(**variant_facts(line), **nothing, unit_price=price, quantity=0, tax_rate=0)


def _changes(order: Order, lines: Sequence[OrderLine], wanted: Mapping[int, int]) -> list[Change]:
    had = {line.variant_id: line.quantity for line in order.lines}
    counts = ((line, had.get(line.variant_id, 0), wanted.get(line.variant_id, 0)) for line in lines)
    return [
        Change(line.variant_id, f"{line.name}, {line.variant}", before, after)
        for line, before, after in counts
        if before != after
    ]
