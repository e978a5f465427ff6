"""Takes buyers out of invoices when they delete their account, at once or when the law lets go of them."""

from __future__ import annotations

from sqlalchemy import select

from shop.invoices.models import Invoice
from shop.invoices.states import IN_FORCE
from shop.lib.personal import FORMER
from shop.lib.queries import rows
from shop.orders.models import Order
from shop.store.countries import country
from shop.store.days import day_start, today

NOBODY = " ".join(FORMER)
MOST_AT_ONCE = 500


def let_go(invoice: Invoice) -> None:
    """Forget the buyer of an invoice unless the law wants them named; what the shop wrote of them goes anyway."""
    invoice.note, invoice.void_reason = "", None
    if invoice.state not in IN_FORCE or not must_name(invoice.corrects or invoice):
        _forget(invoice)


def must_name(invoice: Invoice) -> bool:
    """Whether an invoice, and with it each credit note against it, has to name its buyer (CGST Rules, r. 46, r. 53)."""
    least = country().taxes.named.least
    return bool(invoice.buyer["tax_number"]) or (least is not None and invoice.taxable >= least)


def forget_due() -> None:
    """Forget those who left once the years of the law are over, counted from the end of the month of the invoice.

    An order without a phone is one of somebody who left.
    """
    day = today().replace(day=1)
    over = day_start(day.replace(year=day.year - country().taxes.named.years))
    late = select(Invoice).join(Invoice.order).where(Invoice.issued_at < over, Order.phone == "")
    still = late.where(Invoice.buyer["name"].as_string() != NOBODY).order_by(Invoice.id)
    for invoice in rows(still.limit(MOST_AT_ONCE)):
        _forget(invoice)


def _forget(invoice: Invoice) -> None:
    invoice.buyer = invoice.buyer | {"name": NOBODY, "lines": [], "tax_number": ""}
