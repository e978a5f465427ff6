"""Invoices and tax rates: on the order's page, at the owner's desk, and for apps."""

from __future__ import annotations

from datetime import date
from typing import Any

from shop.accounts.permissions import Permission as P
from shop.accounts.visitor import Visitor
from shop.extensions import db
from shop.invoices import services
from shop.orders.models import Order
from shop.pricing.services import NewRate, add_rate
from tests.checkout.buying import an_order_id
from tests.fulfilment.walk import OWNER, an_order_that_is
from tests.matrix.entries import Who, entry, mine, the

PAGE, ONE = "/staff/invoices", "/staff/invoices/<int:invoice_id>"
OWN, DESK = "/api/v1/invoices/", "/api/v1/admin/invoices/"
DRAFT, ISSUED = {"invoice_id": the("draft invoice")}, {"invoice_id": the("told invoice")}
RATE = {"tax_class": "apparel", "starts_on": "2099-04-01", "low_rate": "7.5", "source": "A notice"}


def invoices() -> dict[str, Any]:
    """An order without an invoice, a draft, an issued one, and a draft of an order that was sent; a rate to come."""
    ids = [*(an_order_id() for _ in range(3)), an_order_that_is("shipped")]
    free, drafted, told, sent = (db.session.get_one(Order, order_id) for order_id in ids)
    issued = services.issue_with_goods(told)
    found = {
        "uninvoiced number": free.number, "uninvoiced order": free.id, "told token": told.token,
        "told invoice": issued.id, "draft invoice": services.draft_invoice(drafted, OWNER).id,
    }  # fmt: skip
    services.void_invoice(services.issue_with_goods(sent), "A slip", OWNER)
    found["late draft"] = services.draft_invoice(sent, OWNER).id
    return found | {"coming rate": add_rate(NewRate("apparel", date(2099, 1, 1), 750, "A notice")).id}


def invoice_of(visitor: Visitor) -> dict[str, Any]:
    """An invoice of somebody's own."""
    return {"invoice": services.issue_with_goods(db.session.get_one(Order, an_order_id(visitor=visitor))).id}


INVOICES = [
    entry("GET /order/<token>/invoices/<int:invoice_id>", Who.ANYONE, token=the("told token"), **ISSUED),
    entry("GET /account/invoices", Who.SIGNED_IN),
    entry(f"GET {PAGE}", P.INVOICE_READ),
    entry(f"POST {PAGE}", P.INVOICE_UPDATE, "invoice", body={"order": the("uninvoiced number", alike=422)}),
    entry(f"GET {ONE}", P.INVOICE_READ, **DRAFT),
    entry(f"GET {ONE}/pdf", P.INVOICE_READ, **DRAFT),
    entry(f"POST {ONE}", P.INVOICE_UPDATE, "invoice", body={"name": "Rao Traders"}, **DRAFT),
    entry(f"POST {ONE}/issuance", P.INVOICE_UPDATE, "invoice", invoice_id=the("late draft")),
    entry(f"POST {ONE}/voiding", P.INVOICE_UPDATE, "invoice", body={"reason": "A slip"}, **ISSUED),
    entry(f"POST {ONE}/mails", P.INVOICE_UPDATE, "outbox_event", **ISSUED),
    entry(f"GET {OWN}", Who.SIGNED_IN),
    entry(f"GET {OWN}<key:invoice_id>", Who.SIGNED_IN, invoice_id=mine("invoice")),
    entry(f"GET {OWN}<key:invoice_id>/pdf", Who.SIGNED_IN, invoice_id=mine("invoice")),
    entry(f"GET {DESK}", P.INVOICE_READ, query={"customer_id": the("buyer", alike=200)}),
    entry(f"POST {DESK}", P.INVOICE_UPDATE, "invoice", body={"order_id": the("uninvoiced order", alike=422)}),
    entry(f"PUT {DESK}<key:invoice_id>", P.INVOICE_UPDATE, "invoice", body={"name": "Rao Traders"}, **DRAFT),
    entry(f"POST {DESK}<key:invoice_id>/send", P.INVOICE_UPDATE, "outbox_event", **ISSUED),
    entry("GET /staff/taxes", P.TAX_UPDATE),
    entry("POST /staff/taxes", P.TAX_UPDATE, "tax_rate", body=RATE),
    entry("POST /staff/taxes/<int:rate_id>/removal", P.TAX_UPDATE, "tax_rate", rate_id=the("coming rate")),
]  # fmt: skip
