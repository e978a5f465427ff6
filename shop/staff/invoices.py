"""Invoices and credit notes as the owner finds, drafts, issues, voids and sends them (PAY-07)."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from shop.accounts.guards import needs, require_permission
from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.fulfilment.queries.desk import order_numbered
from shop.invoices import queries, services
from shop.invoices.errors import HasInvoice
from shop.invoices.models import Invoice
from shop.invoices.paper import file_name, pdf_of
from shop.lib.errors import ShopError
from shop.lib.http.answers import go_to, page, pdf
from shop.lib.queries import one_or_404, one_or_none, page_within
from shop.orders.models import Order
from shop.staff.forms.invoices import DraftForm, InvoiceFilterForm, NewInvoiceForm, VoidForm
from shop.staff.forms.paging import page_number
from shop.staff.invoice_page import invoice_page, may_issue

bp = Blueprint("staff_invoices", __name__, url_prefix="/staff/invoices")
bp.before_request(require_permission)
MOST_LISTED = 10_000
WITH_GOODS = "It is issued when the first parcel leaves."
ONE = "/<int:invoice_id>"


@bp.get("")
@needs(Permission.INVOICE_READ)
def index() -> Response:
    """All invoices and credit notes, by search and filters."""
    return _index(NewInvoiceForm(formdata=None))


@bp.post("")
@needs(Permission.INVOICE_UPDATE)
def create() -> Response:
    """Draft the invoice of an order."""
    form = NewInvoiceForm()
    if not form.validate():
        return _index(form, 422)
    order = _order(form.order.data.replace("\x00", ""))
    if order is None:
        form.order.errors = ["There is no order of this number."]
        return _index(form, 422)
    try:
        draft = services.draft_invoice(order, visitor().actor)
    except HasInvoice:
        flash("This order has an invoice already: here it is.", "info")
        return go_to(url_for(".show", invoice_id=one_or_404(queries.live_invoice(order.id)).id))
    except ShopError as error:
        form.order.errors = [str(error)]
        return _index(form, error.status)
    return _done(draft.id, f"Drafted. {'Issue it when it is right.' if may_issue(draft) else WITH_GOODS}")


@bp.get(ONE)
@needs(Permission.INVOICE_READ)
def show(invoice_id: int) -> Response:
    return invoice_page(_invoice(invoice_id))


@bp.get(f"{ONE}/pdf")
@needs(Permission.INVOICE_READ)
def paper(invoice_id: int) -> Response:
    """It as a PDF file."""
    found = _invoice(invoice_id)
    return pdf(file_name(found), pdf_of(found))


@bp.post(ONE)
@needs(Permission.INVOICE_UPDATE)
def save(invoice_id: int) -> Response:
    """Change a draft."""
    form, found = DraftForm(), _invoice(invoice_id)
    if not form.validate():
        return invoice_page(found, 422, draft=form)
    try:
        services.change_draft(found, form.terms(), visitor().actor)
    except ShopError as error:
        form.blame(error)
        return invoice_page(found, error.status, draft=form)
    return _done(invoice_id, "Saved.")


@bp.post(f"{ONE}/issuance")
@needs(Permission.INVOICE_UPDATE)
def issue(invoice_id: int) -> Response:
    """Issue the draft of an order that was sent."""
    services.issue_draft(_invoice(invoice_id), visitor().actor)
    return _done(invoice_id, "Issued. The customer gets it by mail.")


@bp.post(f"{ONE}/voiding")
@needs(Permission.INVOICE_UPDATE)
def void(invoice_id: int) -> Response:
    """Take back what nobody paid."""
    form, found = VoidForm(), _invoice(invoice_id)
    if not form.validate():
        return invoice_page(found, 422, void=form)
    services.void_invoice(found, form.reason.data, visitor().actor)
    return _done(invoice_id, "Void. Its number stays." if found.number else "The draft is void.")


@bp.post(f"{ONE}/mails")
@needs(Permission.INVOICE_UPDATE)
def send(invoice_id: int) -> Response:
    """Send it to the customer once more."""
    services.send_invoice(_invoice(invoice_id), visitor().actor)
    return _done(invoice_id, "On its way by mail.")


def _index(new: NewInvoiceForm, status: int = 200) -> Response:
    form = InvoiceFilterForm(request.args)
    matching = queries.with_orders(queries.invoices_matching(form.wanted()))
    found = page_within(matching, page_number(request.args), MOST_LISTED)
    return page(
        "staff/invoices/index.html",
        status,
        form=form,
        new=new,
        invoices=found,
        may_update=visitor().can(Permission.INVOICE_UPDATE),
        page_url=lambda number: url_for(".index", **form.kept(page=number)),
    )


def _order(typed: str) -> Order | None:
    """The order of a number, in capitals or not."""
    return one_or_none(order_numbered(typed)) or one_or_none(order_numbered(typed.upper()))


def _invoice(invoice_id: int) -> Invoice:
    return one_or_404(queries.invoice(invoice_id))


def _done(invoice_id: int, words: str) -> Response:
    flash(words, "good")
    return go_to(url_for(".show", invoice_id=invoice_id))
