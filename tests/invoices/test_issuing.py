"""An invoice is issued with the first parcel, once, over exactly the order's money."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask

from shop.aftersales.services import cancel_order, receive_back
from shop.extensions import db
from shop.fulfilment import services as fulfilment
from shop.invoices import services
from shop.invoices.errors import HasInvoice, NoDraft, NothingToInvoice, NotSentYet
from shop.invoices.series import series_of
from shop.invoices.services import Terms, issue_with_goods
from shop.invoices.states import InvoiceKind, InvoiceState
from shop.operations.audit import audit
from shop.store.countries import countries
from shop.store.models import StoreProfile
from tests.checkout.buying import ADDRESS, an_order_id, pay
from tests.factories import a_variant
from tests.fulfilment.walk import OWNER, act, an_order_that_is, order_of, step
from tests.invoices.ledger import do, draft, invoices_of, sums, the_invoice
from tests.support.outbox import run_outbox


@pytest.mark.covers("PAY-07")
def test_an_invoice_is_issued_when_the_first_parcel_leaves_and_not_before(app: Flask) -> None:
    order_id = an_order_that_is("packed", a_variant(), quantity=3)
    assert invoices_of(order_id) == []
    step(order_id, "shipped", "out_for_delivery")
    invoice, order = the_invoice(order_id), order_of(order_id)
    assert (invoice.state, invoice.total, invoice.tax) == (InvoiceState.ISSUED, order.total, order.tax)
    assert sums(invoice) == (invoice.taxable, invoice.tax, invoice.total)
    assert audit() == []


@pytest.mark.covers("PAY-07")
def test_an_order_sent_twice_over_has_one_invoice(app: Flask) -> None:
    order_id = an_order_that_is("shipped")
    for _ in range(2):
        act(lambda: issue_with_goods(order_of(order_id)))
    assert len(invoices_of(order_id)) == 1


@pytest.mark.covers("PAY-07", "ORD-06")
def test_a_prepaid_order_cancelled_before_it_left_has_none_and_no_credit_note(app: Flask) -> None:
    order_id = an_order_id(payment="card")
    pay(order_id)
    draft(order_id)
    act(lambda: cancel_order(order_of(order_id), OWNER))
    run_outbox()
    assert [invoice.state for invoice in invoices_of(order_id)] == [InvoiceState.VOID]
    assert the_invoice(order_id).number is None
    assert audit() == []


@pytest.mark.covers("PAY-07")
def test_what_was_paid_beforehand_is_issued_as_paid_and_cash_is_paid_when_it_is_collected(app: Flask) -> None:
    prepaid = an_order_id(payment="card")
    pay(prepaid)
    step(prepaid, "packed", "shipped")
    assert the_invoice(prepaid).state == InvoiceState.PAID
    on_delivery = an_order_that_is("delivered")
    assert the_invoice(on_delivery).state == InvoiceState.ISSUED
    act(fulfilment.collect_cash, order_of(on_delivery), OWNER)
    run_outbox()
    assert the_invoice(on_delivery).state == InvoiceState.PAID


@pytest.mark.covers("PAY-07", "ORD-10")
@pytest.mark.parametrize(("state", "parts"), [("Karnataka", ("central", "state")), ("Kerala", ("whole",))])
def test_the_place_of_supply_says_whose_tax_it_is(app: Flask, state: str, parts: tuple[str, ...]) -> None:
    db.session.query(StoreProfile).one().state = state
    order_id = an_order_that_is("shipped")
    invoice = the_invoice(order_id)
    assert invoice.place_of_supply == ADDRESS["state"] == "Karnataka"
    split = invoice.split
    assert [part for part in ("central", "state", "whole") if getattr(split, part)] == list(parts)
    assert split.total == invoice.tax


@pytest.mark.covers("PAY-07")
@pytest.mark.parametrize(
    ("country", "day", "series"),
    [("IN", date(2026, 3, 31), "INV-2526"), ("IN", date(2026, 4, 1), "INV-2627"), ("BD", date(2026, 6, 30), "INV-2526"),
     ("BD", date(2026, 7, 1), "INV-2627"), ("IN", date(2099, 12, 31), "INV-9900")],
)  # fmt: skip
def test_numbers_begin_anew_with_the_countrys_year_of_books(country: str, day: date, series: str) -> None:
    assert series_of(InvoiceKind.INVOICE, day, countries()[country].books_begin) == series


@pytest.mark.covers("PAY-07")
def test_numbers_follow_each_other_and_the_year_ends_at_the_shops_midnight(app: Flask) -> None:
    numbers = []
    for moment in (datetime(2027, 3, 31, 18, 29, tzinfo=UTC), datetime(2027, 3, 31, 18, 31, tzinfo=UTC)):
        with time_machine.travel(moment, tick=False):
            numbers += [the_invoice(an_order_that_is("shipped")).number for _ in range(2)]
    assert numbers == ["INV-2627-000001", "INV-2627-000002", "INV-2728-000001", "INV-2728-000002"]
    assert max(map(len, numbers)) <= 16
    assert audit() == []


@pytest.mark.covers("PAY-07")
def test_a_draft_keeps_what_was_changed_and_is_issued_with_the_goods(app: Flask) -> None:
    order_id = an_order_that_is("packed")
    draft_id = draft(order_id)
    terms = Terms("Rao Traders", ["1 Market Road", "Mysuru"], "29AAGCB7383J1Z4", date(2099, 1, 1), "Thank you")
    do(services.change_draft, draft_id, terms)
    with pytest.raises(NotSentYet):
        do(services.issue_draft, draft_id)
    step(order_id, "shipped")
    (invoice,) = invoices_of(order_id)
    assert (invoice.id, invoice.state, invoice.buyer["name"]) == (draft_id, InvoiceState.ISSUED, "Rao Traders")
    assert (invoice.due_on, invoice.note) == (date(2099, 1, 1), "Thank you")
    with pytest.raises(NoDraft):
        do(services.change_draft, draft_id, terms)


@pytest.mark.covers("PAY-07")
def test_an_order_has_one_invoice_that_counts_and_a_cancelled_one_none(app: Flask) -> None:
    order_id = an_order_that_is("packed")
    draft(order_id)
    with pytest.raises(HasInvoice):
        draft(order_id)
    returned = an_order_that_is("returning")
    act(lambda: receive_back(order_of(returned), OWNER))
    with pytest.raises(NothingToInvoice):
        draft(returned)


@pytest.mark.covers("PAY-07")
def test_a_later_edit_of_the_store_changes_no_invoice(app: Flask) -> None:
    order_id = an_order_that_is("shipped")
    before = dict(the_invoice(order_id).seller)
    db.session.query(StoreProfile).one().legal_name = "Somebody Else Ltd"
    db.session.commit()
    assert the_invoice(order_id).seller == before
