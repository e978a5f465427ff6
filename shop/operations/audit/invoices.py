"""Invoices and credit notes against their numbers, their lines and the orders they tell of."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, and_, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from shop.extensions import db
from shop.invoices.models import Invoice, InvoiceCounter, InvoiceLine
from shop.invoices.states import IN_FORCE, InvoiceKind
from shop.lib.money import ZERO, Money
from shop.orders.models import Order, OrderLine


def series_with_gaps() -> list[str]:
    """Series whose numbers are not 1, 2, 3 and so on up to their counter."""
    counted, last = func.count(Invoice.id), func.coalesce(func.max(Invoice.ordinal), 0)
    found = select(InvoiceCounter.series, InvoiceCounter.last, counted, last)
    found = found.outerjoin(Invoice, Invoice.series == InvoiceCounter.series).group_by(InvoiceCounter.series)
    wrong = found.having((counted != InvoiceCounter.last) | (last != InvoiceCounter.last))
    return [f"{row[0]}: {row[1]} given, {row[2]} there, the last is {row[3]}" for row in db.session.execute(wrong)]


def invoices_that_differ_from_orders() -> list[str]:
    """Invoices that count over another amount, or other tax, than their order.

    Equal halves of an odd tax, of an order that was priced before halves were equal, are a minor unit more.
    """
    tax = Order.tax_contained + Order.tax_added
    wrong = select(Invoice.number).join(Invoice.order).where(
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.state.in_(IN_FORCE),
        or_(Invoice.total != Order.total, and_(Invoice.tax != tax, Invoice.tax != tax + _odd_taxes())),
    )  # fmt: skip
    return [f"invoice {number}" for number in db.session.scalars(wrong)]


def _odd_taxes() -> ColumnElement[int]:
    """How many of an order's lines, its delivery counted as one, have a tax without equal halves; 0 across states."""
    lines = select(func.coalesce(func.sum(_odd(OrderLine.tax_contained + OrderLine.tax_added)), 0))
    odd = lines.where(OrderLine.order_id == Order.id).scalar_subquery() + _odd(Order.delivery_tax)
    is_halved = exists().where(InvoiceLine.invoice_id == Invoice.id, InvoiceLine.tax_central > ZERO)
    return case((is_halved, odd), else_=0)


def _odd(amount: SQLColumnExpression[Money]) -> ColumnElement[int]:
    return type_coerce(amount, Integer) % 2


def lines_that_differ_from_invoice() -> list[str]:
    """Invoices and credit notes whose lines do not sum to what they say."""
    total, tax = (func.coalesce(func.sum(column), 0) for column in (InvoiceLine.total, InvoiceLine.tax))
    found = select(Invoice.id, Invoice.number).outerjoin(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
    wrong = found.group_by(Invoice.id).having((total != Invoice.total) | (tax != Invoice.tax))
    return [f"invoice {row.number or row.id}" for row in db.session.execute(wrong)]


def notes_above_invoice() -> list[str]:
    """Invoices of which credit notes take more than there is, in amount or in tax."""
    note = aliased(Invoice)
    total, tax = func.sum(note.total), func.sum(note.tax)
    found = select(Invoice.number).join(note, note.corrects_id == Invoice.id).where(note.state.in_(IN_FORCE))
    wrong = found.group_by(Invoice.id).having((total > Invoice.total) | (tax > Invoice.tax))
    return [f"invoice {number}" for number in db.session.scalars(wrong)]
