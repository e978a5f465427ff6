"""Within the shop's state CGST and SGST are the same amount: in orders, on invoices, on each part that goes back."""

from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from shop.aftersales.rest import cancel_rest
from shop.checkout.services import pay_another_way
from shop.extensions import db
from shop.invoices.models import Invoice, InvoiceLine
from shop.invoices.states import InvoiceKind
from shop.lib.money import ZERO, Money, total
from shop.operations.audit import audit
from shop.orders.models import Order, OrderLine
from shop.pricing.tax_split import TaxSplit
from shop.store.cash_settings import CASH_FEE
from shop.store.models import StoreProfile
from shop.store.setting_services import set_value
from tests.checkout.buying import an_order_id, pay
from tests.factories import a_variant
from tests.fulfilment.several import bring, two_parcels
from tests.fulfilment.walk import OWNER, act, order_of, step
from tests.invoices.ledger import draft, invoices_of, refund, the_invoice
from tests.support.outbox import run_outbox

ODD = (99_990, 269_900, 7)
"""Prices of which the whole tax, rounded at once, has an odd paisa."""


def split_of(invoice: Invoice) -> tuple[Money, TaxSplit, Money]:
    return invoice.taxable, invoice.split, invoice.total


def credited(order_id: int) -> tuple[Money, TaxSplit, Money]:
    """Value, tax and total of all credit notes of an order."""
    notes = [one for one in invoices_of(order_id) if one.kind == InvoiceKind.CREDIT_NOTE]
    assert len(notes) > 1
    return (
        total([note.taxable for note in notes]),
        sum((note.split for note in notes), TaxSplit()),
        total([note.total for note in notes]),
    )


def check_halves(order_id: int) -> None:
    """On each line of each paper: equal halves, and what they leave of the total is the taxable value."""
    for line in (line for invoice in invoices_of(order_id) for line in invoice.lines):
        assert line.tax_central == line.tax_state
        assert line.tax_whole == ZERO
        assert line.total == line.taxable + line.tax_central + line.tax_state


def an_odd_order(payment: str, *prices: int, quantity: int = 3) -> int:
    """An order of three units at each odd price, with a fee of cash, sent."""
    set_value(CASH_FEE, 4_911)
    order_id = an_order_id(*(a_variant(price=price) for price in prices or ODD), payment=payment, quantity=quantity)
    if payment == "cod":
        step(order_id, "confirmed")
    else:
        pay(order_id)
    step(order_id, "packed", "shipped")
    return order_id


@pytest.mark.covers("ORD-10", "PAY-07")
@pytest.mark.parametrize("payment", ["cod", "card"])
def test_each_line_of_an_invoice_has_equal_halves_that_sum_to_the_orders_tax(app: Flask, payment: str) -> None:
    order_id = an_odd_order(payment, *((99_990, 7) if payment == "cod" else ODD))
    order, invoice = order_of(order_id), the_invoice(order_id)
    assert ("Payment fee" in {line.name for line in invoice.lines}) == (payment == "cod")
    check_halves(order_id)
    assert (invoice.tax, invoice.total) == (order.tax, order.total)
    assert audit() == []


@pytest.mark.covers("ORD-10", "PAY-07")
def test_a_draft_says_what_the_invoice_will_say(app: Flask) -> None:
    order_id = an_order_id(*(a_variant(price=price) for price in ODD), quantity=3)
    draft(order_id)
    check_halves(order_id)
    drafted = split_of(the_invoice(order_id))
    step(order_id, "confirmed", "packed", "shipped")
    assert split_of(the_invoice(order_id)) == drafted


@pytest.mark.covers("PAY-07", "PAY-05")
@pytest.mark.parametrize("seed", range(4))
def test_units_and_amounts_given_back_in_any_order_come_to_the_invoice_in_each_half(app: Flask, seed: int) -> None:
    order_id, dice = an_odd_order("card"), Random(seed)
    first, second, third = (line.id for line in order_of(order_id).lines)
    parts = [{"units": {first: 1}}, {"amount": Money(7_777)}, {"units": {second: 2, first: 1}}, {"units": {third: 3}}]
    for wanted in dice.sample(parts, len(parts)):
        refund(order_id, **wanted)
    refund(order_id, amount=order_of(order_id).total - credited(order_id)[2])
    check_halves(order_id)
    assert credited(order_id) == split_of(the_invoice(order_id))
    assert audit() == []


@pytest.mark.covers("PAY-07", "ORD-08")
def test_parcels_that_come_back_one_by_one_come_to_the_invoice_in_each_half(app: Flask) -> None:
    order_id, *both = two_parcels()
    for parcel_id in reversed(both):
        bring(parcel_id, "shipped", "out_for_delivery", "delivery_failed", "returning", "returned")
    run_outbox()
    check_halves(order_id)
    assert credited(order_id) == split_of(the_invoice(order_id))


@pytest.mark.covers("PAY-07", "ORD-08")
def test_what_is_not_sent_of_an_order_is_credited_in_equal_halves(app: Flask) -> None:
    order_id, first, _second = two_parcels(payment="card")
    bring(first, "shipped")
    act(lambda: cancel_rest(order_of(order_id), OWNER, "Torn"))
    check_halves(order_id)


@pytest.mark.covers("ORD-10", "PAY-01")
def test_a_fee_that_comes_and_goes_leaves_a_tax_with_equal_halves(app: Flask) -> None:
    set_value(CASH_FEE, 4_911)
    order_id = an_order_id(a_variant(price=99_990), payment="card")
    for method in ("cod", "upi", "cod"):
        act(lambda to=method: pay_another_way(order_of(order_id), to))
        assert order_of(order_id).delivery_tax.minor % 2 == 0
    step(order_id, "confirmed", "packed", "shipped")
    check_halves(order_id)
    assert the_invoice(order_id).tax == order_of(order_id).tax


def make_old(order_id: int) -> None:
    """Let an order be as it was written before halves were equal: an odd tax on its first line."""
    line_id = select(func.min(OrderLine.id)).where(OrderLine.order_id == order_id).scalar_subquery()
    more = {"tax_contained": OrderLine.tax_contained + 1}
    db.session.execute(update(OrderLine).where(OrderLine.id == line_id).values(**more))
    db.session.execute(update(Order).where(Order.id == order_id).values(tax_contained=Order.tax_contained + 1))
    db.session.commit()


@pytest.mark.covers("ORD-10", "PAY-07")
def test_an_old_order_stays_as_written_and_its_new_invoice_has_equal_halves(app: Flask) -> None:
    order_id = an_order_id(a_variant(price=99_990))
    make_old(order_id)
    tax = order_of(order_id).tax
    step(order_id, "confirmed", "packed", "shipped")
    check_halves(order_id)
    assert (order_of(order_id).tax, the_invoice(order_id).tax) == (tax, tax + Money(1))
    assert audit() == []


@pytest.mark.covers("PAY-07")
def test_tax_that_no_odd_paisa_explains_breaks_the_books(app: Flask) -> None:
    order_id = an_order_id(a_variant(price=99_990))
    step(order_id, "confirmed", "packed", "shipped")
    make_old(order_id)
    make_old(order_id)
    assert "an invoice is its order's money" in {broken.rule for broken in audit()}


@pytest.mark.covers("PAY-07")
def test_an_old_invoice_stays_as_issued_and_goes_back_to_the_last_paisa(app: Flask) -> None:
    order_id = an_odd_order("card", 99_990)
    line_id = the_invoice(order_id).lines[0].id
    line = update(InvoiceLine).where(InvoiceLine.id == line_id).values(tax_central=InvoiceLine.tax_central + 1)
    db.session.execute(line.values(tax=InvoiceLine.tax + 1, taxable=InvoiceLine.taxable - 1))
    db.session.execute(update(Invoice).values(tax=Invoice.tax + 1, taxable=Invoice.taxable - 1))
    make_old(order_id)
    issued = split_of(the_invoice(order_id))
    for _unit in range(2):
        refund(order_id, units={order_of(order_id).lines[0].id: 1})
    refund(order_id, amount=issued[2] - credited(order_id)[2])
    assert split_of(the_invoice(order_id)) == issued == credited(order_id)
    assert audit() == []


@pytest.mark.covers("ORD-10", "PAY-07")
def test_across_states_the_tax_is_one_and_rounded_once(app: Flask) -> None:
    db.session.query(StoreProfile).one().state = "Kerala"
    db.session.commit()
    order_id = an_odd_order("card", 99_990, quantity=1)
    invoice = the_invoice(order_id)
    assert (invoice.lines[0].split, invoice.tax) == (TaxSplit(whole=Money(4_761)), order_of(order_id).tax)
    assert audit() == []
