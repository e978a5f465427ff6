"""Drafts: an invoice before it has a number. What it comes to is the order's; to whom and until when may be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shop.extensions import db
from shop.invoices import queries
from shop.invoices.contents import buyer_of, lines_of, seller
from shop.invoices.errors import DueBeforeIssue, HasInvoice, NoDraft, NothingToInvoice, WrongTaxNumber
from shop.invoices.models import Invoice, InvoiceLine
from shop.invoices.states import InvoiceKind, InvoiceState
from shop.lib.actor import Actor
from shop.lib.money import total
from shop.lib.queries import one_or_none
from shop.orders.models import Order
from shop.orders.services import lock_order, record
from shop.orders.states import NO_REVENUE
from shop.store.countries import country
from shop.store.days import today
from shop.store.profile_rules import company_number


@dataclass(frozen=True)
class Terms:
    """What the shop may change of a draft; `tax_number` is the buyer's own, of a company that buys."""

    name: str
    lines: Sequence[str]
    tax_number: str
    due_on: date | None
    note: str


def draft_invoice(order: Order, by: Actor, due_on: date | None = None) -> Invoice:
    """Begin the invoice of an order. Raises HasInvoice, NothingToInvoice or DueBeforeIssue."""
    order = lock_order(order.id)
    if order.state in NO_REVENUE:
        raise NothingToInvoice
    if one_or_none(queries.live_invoice(order.id)):
        raise HasInvoice
    _refuse_past(due_on)
    draft = new_draft(order, due_on)
    record(order, order.state, order.state, by, "Invoice drafted")
    return draft


def change_draft(invoice: Invoice, terms: Terms, by: Actor) -> None:
    """Change to whom a draft is made out and until when it is to be paid. Raises NoDraft, DueBeforeIssue or
    WrongTaxNumber.
    """
    order = lock_order(invoice.order_id)
    db.session.refresh(invoice)
    if invoice.state != InvoiceState.DRAFT:
        raise NoDraft
    _refuse_past(terms.due_on)
    who = {"name": terms.name, "lines": list(terms.lines), "tax_number": _tax_number(terms.tax_number)}
    invoice.buyer = invoice.buyer | who
    invoice.due_on, invoice.note = terms.due_on, terms.note
    record(order, order.state, order.state, by, "Invoice draft changed")


def redraft(order: Order) -> None:
    """Let the draft of a locked order, where there is one, say what the order comes to now."""
    draft = one_or_none(queries.live_invoice(order.id))
    if draft is not None and draft.state == InvoiceState.DRAFT:
        fill(draft, lines_of(order))
        db.session.flush()


def new_draft(order: Order, due_on: date | None = None) -> Invoice:
    """A draft over what the order comes to now; the order's row is locked."""
    draft = Invoice(
        kind=InvoiceKind.INVOICE,
        state=InvoiceState.DRAFT,
        order_id=order.id,
        buyer=buyer_of(order),
        place_of_supply=order.address.get("state", ""),
        currency=order.currency,
        due_on=due_on,
    )
    fill(draft, lines_of(order))
    db.session.add(draft)
    db.session.flush()
    return draft


def fill(invoice: Invoice, lines: list[InvoiceLine]) -> None:
    """Give an invoice its lines, their sums, and the seller of today; lines it had go."""
    if invoice.lines:
        invoice.lines.clear()
        db.session.flush()
    invoice.lines = lines
    invoice.taxable = total([line.taxable for line in lines])
    invoice.tax = total([line.tax for line in lines])
    invoice.total = total([line.total for line in lines])
    invoice.seller = seller()


def _tax_number(typed: str) -> str:
    try:
        return company_number(typed, country())
    except ValueError as error:
        raise WrongTaxNumber(str(error)) from error


def _refuse_past(due_on: date | None) -> None:
    if due_on is not None and due_on < today():
        raise DueBeforeIssue
