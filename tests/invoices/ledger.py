"""What tests ask of invoices, and what they do to orders that have one."""

from datetime import date
from typing import Any

from sqlalchemy import select

from shop.extensions import db
from shop.invoices import services
from shop.invoices.models import Invoice
from shop.lib.money import Money
from shop.lib.unit_of_work import unit_of_work
from shop.orders.models import Order
from shop.payments import refunds
from shop.payments.refunds import Wanted
from tests.fulfilment.walk import OWNER
from tests.support.outbox import run_outbox


def invoices_of(order_id: int) -> list[Invoice]:
    """All of an order, oldest first, read again."""
    db.session.commit()
    return list(db.session.scalars(select(Invoice).where(Invoice.order_id == order_id).order_by(Invoice.id)))


def the_invoice(order_id: int) -> Invoice:
    """The first of an order's."""
    return invoices_of(order_id)[0]


def sums(invoice: Invoice) -> tuple[Money, Money, Money]:
    """Taxable value, tax and total, as its lines come to."""
    lines = invoice.lines
    return (
        sum((line.taxable for line in lines), Money()),
        sum((line.split.total for line in lines), Money()),
        sum((line.total for line in lines), Money()),
    )


def refund(order_id: int, **wanted: Any) -> None:
    """Give money of an order back, until it is there."""
    db.session.commit()
    with unit_of_work():
        refunds.refund(db.session.get_one(Order, order_id), Wanted("Too small", **wanted), OWNER)
    run_outbox()


def draft(order_id: int, due_on: date | None = None) -> int:
    """The id of a new draft."""
    db.session.commit()
    with unit_of_work():
        return services.draft_invoice(db.session.get_one(Order, order_id), OWNER, due_on).id


def do(service: Any, invoice_id: int, *arguments: Any) -> None:
    """Call a service with an invoice, in a unit of its own."""
    db.session.commit()
    with unit_of_work():
        service(db.session.get_one(Invoice, invoice_id), *arguments, OWNER)
