"""Issuing: the invoice gets its number in the unit in which the goods leave: neither is there without the other."""

from __future__ import annotations

from datetime import timedelta

from shop.extensions import db
from shop.invoices import queries
from shop.invoices.contents import lines_of
from shop.invoices.errors import NoDraft, NothingToInvoice, NotSentYet
from shop.invoices.events import InvoiceSent
from shop.invoices.models import Invoice
from shop.invoices.series import number_of, series_of, take_number
from shop.invoices.services import settling
from shop.invoices.services.drafts import fill, new_draft
from shop.invoices.states import NEXT, InvoiceKind, InvoiceState
from shop.lib import faults, states
from shop.lib.actor import Actor
from shop.lib.clock import now
from shop.lib.events import emit
from shop.lib.queries import one_or_none
from shop.orders.models import Order
from shop.orders.services import lock_order, record
from shop.orders.states import NO_REVENUE, OrderState
from shop.store.countries import country
from shop.store.days import today
from shop.store.settings import INVOICE_DAYS, value_of

BEFORE_DISPATCH = frozenset({OrderState.PLACED, OrderState.CONFIRMED, OrderState.PACKED})


def issue_with_goods(order: Order) -> Invoice:
    """The invoice of an order whose first parcel leaves, issued now; a later parcel finds it there.

    Called where the parcel is handed over, in that unit, with the order's row locked and its stock taken.
    """
    invoice = one_or_none(queries.live_invoice(order.id)) or new_draft(order)
    if invoice.state == InvoiceState.DRAFT:
        _issue(invoice, order)
    return invoice


def issue_draft(invoice: Invoice, by: Actor) -> None:
    """Issue the draft of an order that was sent, as after its invoice was voided.

    Raises NoDraft, NotSentYet or NothingToInvoice.
    """
    order = lock_order(invoice.order_id)
    db.session.refresh(invoice)
    if invoice.state != InvoiceState.DRAFT:
        raise NoDraft
    if order.state in BEFORE_DISPATCH:
        raise NotSentYet
    if order.state in NO_REVENUE:
        raise NothingToInvoice
    _issue(invoice, order)
    record(order, order.state, order.state, by, f"Invoice {invoice.number} issued")


def _issue(invoice: Invoice, order: Order) -> None:
    fill(invoice, lines_of(order))
    invoice.due_on = max(invoice.due_on or today() + timedelta(days=value_of(INVOICE_DAYS)), today())
    db.session.flush()
    number_it(invoice)
    settling.settle(invoice)
    emit(InvoiceSent(invoice.id))


def number_it(invoice: Invoice) -> None:
    """Move a draft on under the next number of its kind and financial year."""
    series = series_of(InvoiceKind(invoice.kind), today(), country().books_begin)
    ordinal = take_number(series)
    faults.point("invoice.number_taken")
    states.move(
        invoice, InvoiceState.ISSUED, NEXT, series=series, ordinal=ordinal, number=number_of(series, ordinal),
        issued_at=now(),
    )  # fmt: skip
