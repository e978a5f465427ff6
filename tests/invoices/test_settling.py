"""What becomes of an invoice: overdue, void, and what the books say of numbers that are missing."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, update

from shop.extensions import db
from shop.invoices import services
from shop.invoices.errors import CannotVoid, NobodyToSendTo, NotIssued
from shop.invoices.models import Invoice, InvoiceCounter, InvoiceLine
from shop.invoices.states import InvoiceState
from shop.lib.clock import now
from shop.operations.audit import audit
from shop.store.settings import INVOICE_DAYS
from tests.fulfilment.walk import act, an_order_that_is, order_of
from tests.invoices.ledger import do, draft, invoices_of, the_invoice
from tests.support.settings import shows


@pytest.mark.covers("PAY-07")
@shows(INVOICE_DAYS)
def test_an_unpaid_invoice_is_overdue_the_day_after_it_was_due(app: Flask) -> None:
    order_id = an_order_that_is("shipped")
    for days, state in ((15, InvoiceState.ISSUED), (16, InvoiceState.OVERDUE)):
        with time_machine.travel(now() + timedelta(days=days), tick=False):
            act(services.mark_overdue)
        assert the_invoice(order_id).state == state


@pytest.mark.covers("PAY-07")
def test_a_void_invoice_keeps_its_number_and_makes_room_for_a_new_one(app: Flask) -> None:
    order_id = an_order_that_is("shipped")
    do(services.void_invoice, the_invoice(order_id).id, "Wrong name")
    new = draft(order_id)
    do(services.issue_draft, new)
    void, issued = invoices_of(order_id)
    assert (void.state, void.void_reason) == (InvoiceState.VOID, "Wrong name")
    assert issued.ordinal == void.ordinal + 1
    assert "voided: Wrong name" in [entry.note for entry in order_of(order_id).history][-3]
    assert audit() == []


@pytest.mark.covers("PAY-07")
def test_what_was_paid_is_not_voided(app: Flask) -> None:
    order_id = an_order_that_is("shipped")
    the_invoice(order_id).state = InvoiceState.PAID
    with pytest.raises(CannotVoid):
        do(services.void_invoice, the_invoice(order_id).id, "A slip")


@pytest.mark.covers("PAY-07")
def test_only_what_counts_is_sent_and_only_where_there_is_an_address(app: Flask) -> None:
    order_id = an_order_that_is("packed")
    with pytest.raises(NotIssued):
        do(services.send_invoice, draft(order_id))
    sent = an_order_that_is("shipped")
    order_of(sent).email = ""
    with pytest.raises(NobodyToSendTo):
        do(services.send_invoice, the_invoice(sent).id)


@pytest.mark.covers("PAY-07")
@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (update(InvoiceCounter).values(last=2), "numbers of invoices have no gap"),
        (update(Invoice).values(ordinal=2), "numbers of invoices have no gap"),
        (update(Invoice).values(total=Invoice.tax, taxable=0), "an invoice is its order's money"),
        (delete(InvoiceLine), "an invoice's lines sum to what it says"),
    ],
)  # fmt: skip
def test_the_audit_finds_what_does_not_fit(app: Flask, wrong, rule: str) -> None:
    an_order_that_is("shipped")
    db.session.execute(wrong)
    assert rule in [found.rule for found in audit()]
