"""Credit notes: what went back, by line, with its tax, and together never more and never less than the invoice."""

import pytest
from flask import Flask

from shop.aftersales.rest import cancel_rest
from shop.aftersales.services import receive_back
from shop.fulfilment.services import collect_cash
from shop.invoices import services
from shop.invoices.errors import CannotVoid
from shop.invoices.services import credit_refund
from shop.invoices.states import InvoiceKind, InvoiceState
from shop.lib.money import Money, total
from shop.operations.audit import audit
from shop.payments.queries import captured
from shop.pricing.tax_split import TaxSplit
from tests.checkout.buying import an_order_id, pay
from tests.checkout.in_parts import PART, an_order_in_parts, ask_for_parts
from tests.factories import a_variant
from tests.fulfilment.several import DOOR, bring, two_parcels
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, step
from tests.invoices.ledger import do, invoices_of, refund, sums, the_invoice
from tests.support.outbox import run_outbox


def a_paid_order_that_left(*prices: int) -> int:
    """The id of an order of three units at each price."""
    order_id = an_order_id(*(a_variant(price=price) for price in prices), payment="card", quantity=3)
    pay(order_id)
    step(order_id, "packed", "shipped")
    return order_id


def notes_of(order_id: int) -> list:
    return [one for one in invoices_of(order_id) if one.kind == InvoiceKind.CREDIT_NOTE]


@pytest.mark.covers("PAY-07", "PAY-05")
def test_a_refunded_unit_is_credited_with_its_tax_and_numbered_in_a_series_of_its_own(app: Flask) -> None:
    order_id = a_paid_order_that_left(99_990, 149_900)
    refund(order_id, units={order_of(order_id).lines[0].id: 1})
    (note,), line = notes_of(order_id), order_of(order_id).lines[0]
    assert note.number.startswith("CN-")
    assert [(one.order_line_id, one.quantity) for one in note.lines] == [(line.id, 1)]
    assert sums(note) == (note.taxable, note.tax, note.total)
    assert note.tax.minor == pytest.approx(line.tax_contained.minor / 3, abs=1)
    assert audit() == []


@pytest.mark.covers("PAY-07")
def test_refunds_bit_by_bit_come_to_exactly_the_invoice(app: Flask) -> None:
    order_id = a_paid_order_that_left(99_991, 260_007)
    first, second = order_of(order_id).lines
    for wanted in ({"units": {first.id: 1}}, {"amount": Money(7_777)}, {"units": {second.id: 2, first.id: 1}}):
        refund(order_id, **wanted)
    refund(order_id, amount=order_of(order_id).total - total([note.total for note in notes_of(order_id)]))
    invoice, notes = the_invoice(order_id), notes_of(order_id)
    assert len(notes) == 4
    assert sum((note.split for note in notes), TaxSplit()) == invoice.split
    assert total([note.total for note in notes]) == invoice.total
    assert audit() == []


@pytest.mark.covers("PAY-07")
def test_a_refund_rung_twice_is_credited_once(app: Flask) -> None:
    order_id = a_paid_order_that_left(149_900)
    refund(order_id, amount=Money(10_000))
    (note,) = notes_of(order_id)
    act(credit_refund, order_id, note.refund_id)
    assert len(notes_of(order_id)) == 1


@pytest.mark.covers("PAY-07")
def test_goods_that_came_back_unpaid_are_credited_in_full_and_are_never_overdue(app: Flask) -> None:
    order_id = an_order_that_is("returning")
    act(lambda: receive_back(order_of(order_id), OWNER))
    run_outbox()
    (note,) = notes_of(order_id)
    invoice = the_invoice(order_id)
    assert (note.total, note.refund_id, note.state) == (invoice.total, None, InvoiceState.ISSUED)
    act(services.credit_unpaid_return, order_id)
    assert len(notes_of(order_id)) == 1
    assert audit() == []


@pytest.mark.covers("PAY-07")
@pytest.mark.parametrize("goes", [("delivery_failed", "returning", "returned"), ()])
def test_an_invoice_is_paid_by_what_stays_with_the_buyer(app: Flask, goes: tuple[str, ...]) -> None:
    """The other parcel comes back, or was never sent."""
    order_id, first, second = two_parcels()
    bring(first, *DOOR)
    if goes:
        bring(second, "shipped", "out_for_delivery", *goes)
    else:
        act(lambda: cancel_rest(order_of(order_id), OWNER, "Torn"))
    act(lambda: collect_cash(order_of(order_id), OWNER))
    run_outbox()
    (note,), invoice, order = notes_of(order_id), the_invoice(order_id), order_of(order_id)
    assert [(line.order_line_id, line.quantity, line.total) for line in note.lines] == [
        (line.id, 1, line.unit_price) for line in order.lines
    ]
    assert invoice.total - note.total == captured(order_id)
    assert (invoice.state, audit()) == (InvoiceState.PAID, [])


@pytest.mark.covers("PAY-07")
def test_parcels_that_come_back_one_by_one_are_credited_to_the_whole_invoice(app: Flask) -> None:
    order_id, *both = two_parcels()
    for parcel_id in both:
        bring(parcel_id, "shipped", "out_for_delivery", "delivery_failed", "returning", "returned")
    run_outbox()
    assert total([note.total for note in notes_of(order_id)]) == the_invoice(order_id).total
    assert (the_invoice(order_id).state, audit()) == (InvoiceState.ISSUED, [])


@pytest.mark.covers("PAY-07", "PAY-01")
def test_of_an_order_partly_paid_before_that_came_back_all_is_credited(app: Flask) -> None:
    ask_for_parts()
    order_id = an_order_in_parts()
    pay(order_id)
    step(order_id, "packed", "shipped", "out_for_delivery", "delivery_failed", "returning")
    act(lambda: receive_back(order_of(order_id), OWNER))
    run_outbox()
    invoice, notes = the_invoice(order_id), notes_of(order_id)
    assert {note.refund_id is None: note.total for note in notes} == {
        False: Money(PART),
        True: invoice.total - Money(PART),
    }
    assert audit() == []


@pytest.mark.covers("PAY-07")
def test_what_is_corrected_by_a_credit_note_is_not_voided(app: Flask) -> None:
    order_id = an_order_that_is("returning")
    act(lambda: receive_back(order_of(order_id), OWNER))
    run_outbox()
    with pytest.raises(CannotVoid):
        do(services.void_invoice, the_invoice(order_id).id, "A slip")
