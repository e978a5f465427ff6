"""Invoices and credit notes (PAY-07): one's own, and all of them for those who write them."""

from __future__ import annotations

from typing import Any

from flask import Response

from shop.accounts.permissions import Permission
from shop.accounts.visits import visitor
from shop.api.door import ApiBlueprint, NothingToChange, needs, total_of
from shop.api.schemas.invoices import (
    Invoice,
    InvoiceChange,
    InvoiceQuery,
    NewInvoice,
    OwnInvoiceQuery,
    Sending,
)
from shop.invoices import queries, services
from shop.invoices.models import Invoice as Kept
from shop.invoices.paper import file_name, pdf_of
from shop.invoices.queries import InvoiceFilter
from shop.invoices.services import Terms
from shop.lib.errors import ShopError
from shop.lib.http.answers import pdf
from shop.lib.queries import one_or_404, one_or_none, slice_of
from shop.orders.models import Order
from shop.orders.queries import all_orders

bp = ApiBlueprint("invoices", "invoices", "Invoices and credit notes of what someone bought", guarded=True)
desk = ApiBlueprint("admin_invoices", "admin/invoices", "Invoices and credit notes of the shop")
reads, updates = needs(Permission.INVOICE_READ), needs(Permission.INVOICE_UPDATE)
PDF = {"type": "string", "format": "binary"}


@bp.get("/")
@bp.query(OwnInvoiceQuery)
@bp.lists(Invoice)
def index(query: dict[str, Any]) -> Any:
    """One's own invoices and credit notes, newest first."""
    mine = queries.whole(queries.invoices_of(visitor()))
    if query["status"]:
        mine = mine.where(Kept.state == query["status"])
    found = slice_of(mine, query["skip"], query["limit"])
    return found.items, total_of(found.total)


@bp.get("/<key:invoice_id>")
@bp.response(200, Invoice)
def show(invoice_id: int) -> Kept:
    """One of one's own."""
    return _mine(invoice_id)


@bp.get("/<key:invoice_id>/pdf")
@bp.response(200, PDF, content_type="application/pdf")
def paper(invoice_id: int) -> Response:
    """One of one's own as a PDF file."""
    found = _mine(invoice_id)
    return pdf(file_name(found), pdf_of(found))


@desk.get("/")
@reads
@desk.query(InvoiceQuery)
@desk.lists(Invoice)
def list_all(query: dict[str, Any]) -> Any:
    """All invoices and credit notes, drafts and void ones too, newest first."""
    wanted = InvoiceFilter(query["q"], query["status"], query["kind"], query["customer_id"], query["since"],
                           query["until"])  # fmt: skip
    found = slice_of(queries.whole(queries.invoices_matching(wanted)), query["skip"], query["limit"])
    return found.items, total_of(found.total)


@desk.post("/")
@updates
@desk.body(NewInvoice)
@desk.response(201, Invoice)
def create(values: dict[str, Any]) -> Kept:
    """Draft the invoice of an order; it is issued when the first parcel leaves.

    409 where the order has one, or was not sold in the end; 422 where amount or customer are not the order's.
    """
    order = one_or_none(all_orders().where(Order.id == values["order_id"]))
    if order is None:
        raise ShopError("There is no such order.", field="order_id")
    if values["user_id"] not in {None, order.user_id}:
        raise ShopError("The order is another customer's.", field="user_id")
    if values["amount"] not in {None, order.total}:
        raise ShopError(f"The order comes to {order.total.plain}.", field="amount")
    return _any(services.draft_invoice(order, visitor().actor, values["due_date"]).id)


@desk.put("/<key:invoice_id>")
@updates
@desk.body(InvoiceChange)
@desk.response(200, Invoice)
def update(change: dict[str, Any], invoice_id: int) -> Kept:
    """Change to whom a draft is made out, and by when it is to be paid. What was issued stays as it is: 409."""
    found = _any(invoice_id)
    if not change:
        raise NothingToChange
    kept = {"due_date": found.due_on, "note": found.note, "address": found.buyer["lines"]}
    values: dict[str, Any] = found.buyer | kept | change
    terms = Terms(values["name"], values["address"], values["tax_number"], values["due_date"], values["note"])
    services.change_draft(found, terms, visitor().actor)
    return _any(invoice_id)


@desk.post("/<key:invoice_id>/send")
@updates
@desk.body(Sending, required=False)
@desk.response(200, Invoice)
def send(_how: dict[str, Any], invoice_id: int) -> Kept:
    """Send it to the customer by mail, with its PDF file. 409 for a draft and a void one."""
    found = _any(invoice_id)
    services.send_invoice(found, visitor().actor)
    return found


def _mine(invoice_id: int) -> Kept:
    """One of the person's own; anyone else's does not exist."""
    return one_or_404(queries.whole(queries.invoices_of(visitor())).where(Kept.id == invoice_id))


def _any(invoice_id: int) -> Kept:
    return one_or_404(queries.invoice(invoice_id))
