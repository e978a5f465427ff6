"""What invoices know of people. Numbers, sums, tax and the state of supply stay, as tax law wants them for years (in
India six after the year's return: CGST Act, section 36); who bought goes with the order it belongs to, but for what
the law wants an invoice to name (`services.forgetting`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.extensions import db
from shop.invoices.models import Invoice
from shop.invoices.services.forgetting import let_go
from shop.lib.personal import Holding, some_of
from shop.lib.queries import rows
from shop.orders.models import Order

INVOICE = ("kind", "number", "state", "buyer", "place_of_supply", "currency", "taxable", "tax", "total", "due_on",
           "note", "issued_at", "paid_at")  # fmt: skip
LINE = ("name", "detail", "hsn", "quantity", "taxable", "tax_rate", "tax", "total")


def _theirs(user_id: int) -> list[Invoice]:
    return rows(select(Invoice).join(Invoice.order).where(Order.user_id == user_id).order_by(Invoice.id))


def _invoices(user_id: int) -> list[dict[str, Any]]:
    return [_told(invoice) for invoice in _theirs(user_id)]


def _told(invoice: Invoice) -> dict[str, Any]:
    lines = [some_of(line, *LINE) for line in invoice.lines]
    return {"order": invoice.order.number} | some_of(invoice, *INVOICE) | {"lines": lines}


def _forget_buyer(user_id: int) -> None:
    for invoice in _theirs(user_id):
        let_go(invoice)
    db.session.flush()


HOLDINGS = (Holding(("invoice", "invoice_line"), "invoices.json", _invoices, _forget_buyer),)
