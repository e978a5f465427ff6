"""Credit notes: what a refund, or goods that came back unpaid, take off an invoice (CGST Act, s. 34).

Each works on what earlier ones left of every line, so several together come to exactly the invoice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shop.extensions import db
from shop.invoices import queries
from shop.invoices.contents import seller
from shop.invoices.events import InvoiceSent
from shop.invoices.models import Invoice, InvoiceLine
from shop.invoices.services.issuing import number_it
from shop.invoices.services.settling import settle
from shop.invoices.states import IN_FORCE, InvoiceKind, InvoiceState
from shop.lib.events import emit
from shop.lib.money import ZERO, Money, allocate, total
from shop.lib.queries import one_or_none, rows
from shop.orders.services import lock_order
from shop.payments.models import Refund
from shop.payments.queries import captured
from shop.pricing.tax_split import TaxSplit, part_of


@dataclass(frozen=True)
class Left:
    """What is left of an invoice's line after earlier credit notes."""

    line: InvoiceLine
    amount: Money
    tax: TaxSplit
    units: int


def credit_refund(order_id: int, refund_id: int) -> None:
    """A credit note for money that went back, where an invoice tells of it; once for each refund.

    What went back because the order's lines changed before that is in no invoice.
    """
    lock_order(order_id)
    invoice = _in_force(order_id)
    refund = db.session.get_one(Refund, refund_id)
    if invoice is None or refund.amount == refund.excess or one_or_none(queries.note_of_refund(refund_id)) is not None:
        return
    left = _left(invoice)
    amounts = _amounts(refund, left)
    units: dict[int | None, int] = {line.order_line_id: line.units for line in refund.lines}
    credited = [_credit(one, amounts[one.line.id], units.get(one.line.order_line_id, 0)) for one in left]
    _write(invoice, credited, refund_id)


def credit_unpaid_goods(order_id: int, units: Mapping[int, int], cash: Money) -> None:
    """A credit note over goods of an order that goes on without them, before anybody paid for them.

    `units` by order line, `cash` what is given up for them: what is more than they cost was for sending them. Called
    once, in the unit that gives the cash up.
    """
    invoice = _in_force(order_id)
    if invoice is None:
        return
    left = _left(invoice)
    counts = {one.line.id: units.get(one.line.order_line_id or 0, 0) for one in left}
    goods = [_of_units(one, counts[one.line.id]) for one in left if counts[one.line.id]]
    amounts = {one.line.id: ZERO for one in left}
    for over in (goods, [one for one in left if not one.line.is_goods], left):
        _spread(cash - total(list(amounts.values())), over, amounts)
    _write(invoice, [_credit(one, amounts[one.line.id], counts[one.line.id]) for one in left])
    settle(invoice)


def credit_unpaid_return(order_id: int) -> None:
    """A credit note over all that was never paid of an order that came back; safe to call twice."""
    lock_order(order_id)
    invoice = _in_force(order_id)
    if invoice is None:
        return
    left, paid = _left(invoice), captured(order_id)
    amounts = {one.line.id: ZERO for one in left}
    _spread(invoice.total - paid - queries.never_paid(invoice.id), left, amounts)
    _write(invoice, [_credit(one, amounts[one.line.id], 0 if paid else one.units) for one in left])


def _of_units(left: Left, units: int) -> Left:
    return replace(left, amount=left.amount.share(min(units, left.units), left.units)) if left.units else left


def _in_force(order_id: int) -> Invoice | None:
    found = one_or_none(queries.live_invoice(order_id))
    return found if found and found.state in IN_FORCE else None


def _left(invoice: Invoice) -> list[Left]:
    left = {line.id: Left(line, line.total, line.split, line.quantity) for line in invoice.lines}
    for note in rows(queries.notes_against(invoice.id)):
        for line in note.lines:
            was = left[line.corrects_id or 0]
            units = max(0, was.units - line.quantity)
            left[was.line.id] = Left(was.line, was.amount - line.total, was.tax - line.split, units)
    return list(left.values())


def _amounts(refund: Refund, left: list[Left]) -> dict[int, Money]:
    """How much of each line goes back: what the refund says of lines and delivery, the rest over all that is left."""
    back: dict[int | None, Money] = {line.order_line_id: line.amount for line in refund.lines}
    amounts = {one.line.id: min(back.get(one.line.order_line_id, ZERO), one.amount) for one in left}
    _spread(refund.delivery, [one for one in left if not one.line.is_goods], amounts)
    _spread(refund.amount - refund.excess - total(list(amounts.values())), left, amounts)
    return amounts


def _spread(amount: Money, over: list[Left], amounts: dict[int, Money]) -> None:
    """Add an amount to lines, by what is still left of each; no line gives back more than it has."""
    rooms = [one.amount - amounts[one.line.id] for one in over]
    amount = min(amount, total(rooms))
    if amount > ZERO:
        for one, part in zip(over, allocate(amount, [room.minor for room in rooms]), strict=True):
            amounts[one.line.id] += part


def _credit(left: Left, amount: Money, units: int) -> InvoiceLine | None:
    if not amount and not units:
        return None
    line = left.line
    return InvoiceLine.over(
        amount, part_of(left.tax, amount, left.amount), corrects_id=line.id, order_line_id=line.order_line_id,
        name=line.name, detail=line.detail, hsn=line.hsn, quantity=min(units, left.units), tax_rate=line.tax_rate,
    )  # fmt: skip


def _write(invoice: Invoice, credited: list[InvoiceLine | None], refund_id: int | None = None) -> None:
    lines = [line for line in credited if line is not None]
    if not lines:
        return
    for position, line in enumerate(lines, 1):
        line.position = position
    note = Invoice(
        kind=InvoiceKind.CREDIT_NOTE, state=InvoiceState.DRAFT, order_id=invoice.order_id, corrects_id=invoice.id,
        refund_id=refund_id, seller=seller(), buyer=invoice.buyer, place_of_supply=invoice.place_of_supply,
        currency=invoice.currency, lines=lines, taxable=total([line.taxable for line in lines]),
        tax=total([line.tax for line in lines]), total=total([line.total for line in lines]),
    )  # fmt: skip
    db.session.add(note)
    db.session.flush()
    number_it(note)
    emit(InvoiceSent(note.id))
