"""Invoices and credit notes for apps."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from shop.api.schemas.audit_logs import DAYS
from shop.api.schemas.fields import Key, Line, Paging, Price, text
from shop.invoices.models import Invoice as Kept
from shop.invoices.paper import parts_of
from shop.invoices.states import IN_FORCE, InvoiceKind, InvoiceState

TOLD = sorted(IN_FORCE)
DUE = {"description": "The day it is to be paid by"}


class OwnInvoiceQuery(Paging):
    """Which of one's own."""

    status = fields.String(load_default="", validate=validate.OneOf(TOLD))


class InvoiceQuery(Paging):
    """Which of all; what is left out narrows nothing. Days are those on which it was issued."""

    status = fields.String(load_default="", validate=validate.OneOf(list(InvoiceState)))
    kind = fields.String(load_default="", validate=validate.OneOf(list(InvoiceKind)))
    customer_id = Key(load_default=None)
    q = text(100, 0, load_default="", metadata={"description": "Part of a number, an order, a buyer or an item"})
    since = fields.Date(load_default=None, validate=DAYS)
    until = fields.Date(load_default=None, validate=DAYS)


class TaxPart(Schema):
    """A part of the tax by whom it goes to."""

    name = fields.String(required=True, metadata={"description": "CGST, SGST, UTGST, IGST or VAT"})
    amount = Price(required=True)


class InvoiceLine(Schema):
    """A line of an order, its delivery, or what paying cost."""

    order_line_id = Key(required=True, allow_none=True)
    name = fields.String(required=True)
    detail = fields.String(required=True)
    hsn = fields.String(required=True)
    quantity = fields.Integer(required=True, metadata={"description": "0 is money off"})
    taxable = Price(required=True)
    tax_rate = fields.Integer(required=True, metadata={"description": "In hundredths of a percent"})
    tax = Price(required=True)
    total = Price(required=True)


class Party(Schema):
    """Whoever sells or buys, as they were then."""

    class Meta:
        unknown = EXCLUDE

    name = fields.String(required=True)
    lines = fields.List(fields.String(), required=True)
    state = fields.String(required=True)
    country = fields.String(required=True)


class Seller(Party):
    """Who sells."""

    legal_name = fields.String(required=True)
    gstin = fields.String(required=True, allow_none=True)


class InvoiceBuyer(Party):
    """Who buys; `tax_number` of a company."""

    tax_number = fields.String(required=True)


class Invoice(Schema):
    """An invoice, or a credit note against one. A draft has no number."""

    id = Key(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(InvoiceKind)))
    number = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, attribute="state", validate=validate.OneOf(list(InvoiceState)))
    order_id = Key(required=True)
    order_number = fields.String(required=True, attribute="order.number")
    user_id = Key(required=True, allow_none=True, attribute="order.user_id")
    corrects_id = Key(required=True, allow_none=True, metadata={"description": "Of a credit note: the invoice"})
    seller = fields.Nested(Seller, required=True)
    buyer = fields.Nested(InvoiceBuyer, required=True)
    place_of_supply = fields.String(required=True)
    lines = fields.List(fields.Nested(InvoiceLine), required=True)
    taxable = Price(required=True)
    tax = Price(required=True)
    tax_parts = fields.Method("parts_told", required=True, metadata={"type": "array", "items": {"type": "object"}})
    total = Price(required=True)
    currency = fields.String(required=True)
    due_date = fields.Date(required=True, allow_none=True, attribute="due_on")
    note = fields.String(required=True)
    issued_at = fields.AwareDateTime(required=True, allow_none=True)
    paid_at = fields.AwareDateTime(required=True, allow_none=True)

    def parts_told(self, invoice: Kept) -> list[dict[str, Any]]:
        """The parts of the tax under their names."""
        parts = [{"name": part.name, "amount": getattr(invoice.split, part.field)} for part in parts_of(invoice)]
        told: list[dict[str, Any]] = TaxPart(many=True).dump(parts)
        return told


class NewInvoice(Schema):
    """The order to draft an invoice for; it comes to what the order comes to."""

    order_id = Key(required=True)
    user_id = Key(load_default=None, metadata={"description": "Refused where the order is another's"})
    amount = Price(load_default=None, metadata={"description": "Refused where the order comes to something else"})
    due_date = fields.Date(load_default=None, validate=DAYS, metadata=DUE)


class InvoiceChange(Schema):
    """What may be changed of a draft."""

    name = Line(120)
    address = fields.List(Line(120), validate=validate.Length(max=5, error="Send at most {max} lines."))
    tax_number = Line(20, 0)
    due_date = fields.Date(allow_none=True, validate=DAYS, metadata=DUE)
    note = text(500, 0)


class Sending(Schema):
    """How it goes to the customer."""

    method = fields.String(load_default="email", validate=validate.OneOf(["email"]))
