"""One invoice or credit note as the owner sees it."""

from __future__ import annotations

from flask import Response

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.invoices import queries
from shop.invoices.models import Invoice
from shop.invoices.paper import heading, parts_of, percent, sums
from shop.invoices.services.issuing import BEFORE_DISPATCH
from shop.invoices.states import IN_FORCE, UNPAID, InvoiceKind, InvoiceState
from shop.lib.http.answers import page
from shop.lib.queries import one_or_none, rows
from shop.orders.states import NO_REVENUE
from shop.staff.forms import StaffForm
from shop.staff.forms.invoices import DraftForm, VoidForm


def may_issue(invoice: Invoice) -> bool:
    """Whether it is a draft that waits for nothing but the owner."""
    return invoice.state == InvoiceState.DRAFT and invoice.order.state not in BEFORE_DISPATCH


def _may_redraft(invoice: Invoice) -> bool:
    """Whether the order of a void invoice has none that counts."""
    is_void = invoice.state == InvoiceState.VOID and invoice.order.state not in NO_REVENUE
    return is_void and one_or_none(queries.live_invoice(invoice.order_id)) is None


def invoice_page(
    invoice: Invoice, status: int = 200, *, draft: StaffForm | None = None, void: StaffForm | None = None
) -> Response:
    """The page of an invoice; `draft` and `void` are forms that were refused."""
    may_update = visitor().can(Permission.INVOICE_UPDATE)
    is_draft = invoice.state == InvoiceState.DRAFT
    notes = rows(queries.notes_against(invoice.id))
    is_open = is_draft or (invoice.state in UNPAID and invoice.kind == InvoiceKind.INVOICE and not notes)
    return page(
        "staff/invoices/show.html",
        status,
        invoice=invoice,
        heading=heading(invoice),
        notes=notes,
        parts=parts_of(invoice),
        percent=percent,
        sums=sums(invoice),
        draft_form=draft or DraftForm.of(invoice),
        void_form=void or VoidForm(formdata=None),
        may_change=may_update and is_draft,
        may_issue=may_update and may_issue(invoice),
        may_redraft=may_update and _may_redraft(invoice),
        may_void=may_update and is_open,
        may_send=may_update and invoice.state in IN_FORCE and bool(invoice.order.email),
    )
