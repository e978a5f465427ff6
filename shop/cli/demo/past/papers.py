"""Invoices of the orders that left, numbered as their parcels went."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.cli.demo.past.money import collected_at
from shop.cli.demo.past.plans import Plan
from shop.extensions import db
from shop.invoices.models import Invoice
from shop.invoices.series import number_of, series_of, take_number
from shop.invoices.services.drafts import new_draft
from shop.invoices.states import InvoiceKind, InvoiceState
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.orders.states import OrderState
from shop.store.countries import country
from shop.store.formats import local
from shop.store.settings import INVOICE_DAYS


def load(plans: list[Plan]) -> None:
    """Write the invoice of each order that left; the mails it caused then are past, too."""
    left = sorted((plan for plan in plans if plan.has_left), key=lambda plan: plan.when[OrderState.SHIPPED])
    wanted = select(Order).where(Order.id.in_([plan.id for plan in left])).options(selectinload(Order.lines))
    orders = {order.id: order for order in rows(wanted)}
    for plan in left:
        _issue(new_draft(orders[plan.id]), plan)
    db.session.flush()


def _issue(invoice: Invoice, plan: Plan) -> None:
    left_at = plan.when[OrderState.SHIPPED]
    day = local(left_at).date()
    invoice.series = series_of(InvoiceKind.INVOICE, day, country().books_begin)
    invoice.ordinal = take_number(invoice.series)
    invoice.number = number_of(invoice.series, invoice.ordinal)
    invoice.issued_at, invoice.due_on = left_at, day + timedelta(days=INVOICE_DAYS.default)
    is_paid = plan.story.payments[-1] == "paid"
    invoice.state = InvoiceState.PAID if is_paid else InvoiceState.ISSUED
    invoice.paid_at = (collected_at(plan) or left_at) if is_paid else None
