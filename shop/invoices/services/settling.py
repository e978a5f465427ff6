"""What happens to an invoice after it was issued: paid, overdue, void, sent once more."""

from __future__ import annotations

from contextlib import suppress

from shop.extensions import db
from shop.invoices import queries
from shop.invoices.errors import CannotVoid, NobodyToSendTo, NotIssued
from shop.invoices.events import InvoiceSent
from shop.invoices.models import Invoice
from shop.invoices.states import IN_FORCE, NEXT, UNPAID, InvoiceKind, InvoiceState
from shop.lib import states
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.queries import one_or_none, rows
from shop.lib.states import WrongState
from shop.orders.services import lock_order, record
from shop.payments.queries import captured
from shop.store.days import today


def settle(invoice: Invoice) -> None:
    """Note an invoice as paid where the order's money covers all that is still to be paid of it."""
    if invoice.state not in UNPAID:
        return
    paid, never_paid = captured(invoice.order_id), queries.never_paid(invoice.id)
    if paid >= invoice.total - never_paid and (paid or not never_paid):
        states.move(invoice, InvoiceState.PAID, NEXT, paid_at=now())


def note_paid(order_id: int) -> None:
    """Money came in for an order: its invoice may be paid now."""
    lock_order(order_id)
    if invoice := one_or_none(queries.live_invoice(order_id)):
        settle(invoice)


def mark_overdue() -> None:
    """Mark what was due and is not paid; a payment of the same moment wins."""
    for invoice_id in db.session.scalars(queries.unpaid_since(today())).all():
        with suppress(WrongState):
            states.move(db.session.get_one(Invoice, invoice_id), InvoiceState.OVERDUE, NEXT)


def drop_draft(order_id: int) -> None:
    """An order that was cancelled needs no invoice."""
    lock_order(order_id)
    draft = one_or_none(queries.live_invoice(order_id))
    if draft and draft.state == InvoiceState.DRAFT:
        states.move(draft, InvoiceState.VOID, NEXT, voided_at=now(), void_reason="Order cancelled")


def void_invoice(invoice: Invoice, reason: str, by: Actor) -> None:
    """Take back an invoice that nobody paid; its number stays. Raises CannotVoid."""
    order = lock_order(invoice.order_id)
    db.session.refresh(invoice)
    name = invoice.number or "draft"
    if invoice.kind != InvoiceKind.INVOICE or rows(queries.notes_against(invoice.id)):
        raise CannotVoid
    try:
        states.move(invoice, InvoiceState.VOID, NEXT, voided_at=now(), void_reason=reason[:300])
    except WrongState:
        raise CannotVoid from None
    record(order, order.state, order.state, by, f"Invoice {name} voided: {reason}")


def send_invoice(invoice: Invoice, by: Actor) -> None:
    """Send an invoice or a credit note to the buyer once more. Raises NotIssued or NobodyToSendTo."""
    if invoice.state not in IN_FORCE:
        raise NotIssued
    if not invoice.order.email:
        raise NobodyToSendTo
    emit(InvoiceSent(invoice.id))
    record(invoice.order, invoice.order.state, invoice.order.state, by, f"{invoice.title} {invoice.number} sent again")
